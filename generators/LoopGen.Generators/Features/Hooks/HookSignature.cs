using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Features.Hooks;

/// <summary>How the loop of one model calls a hook.</summary>
internal sealed record HookSignature(string Name, IReadOnlyList<HookParameter> Parameters)
{
    /// <summary>As it is written in the model: <c>partial void OnStep(long step)</c>.</summary>
    public override string ToString() => $"partial void {this.Name}({string.Join(", ", this.Parameters)})";

    /// <summary>Whether a method has these parameters, whatever they are called.</summary>
    public bool Fits(IMethodSymbol method)
        => method.Arity == 0
        && method.Parameters.Length == this.Parameters.Count
        && method.Parameters.Zip(this.Parameters, (actual, expected)
            => actual.RefKind == (expected.IsRef ? RefKind.Ref : RefKind.None) && expected.Fits(actual.Type)).All(fits => fits);

    /// <summary>Whether a method has parameters of these names, and in another order: two of one type were swapped.</summary>
    public bool IsSwapped(IMethodSymbol method)
    {
        var actual = method.Parameters.Select(parameter => parameter.Name).ToArray();
        var expected = this.Parameters.Select(parameter => parameter.Name.TrimStart('@')).ToArray();
        return !actual.SequenceEqual(expected)
            && actual.OrderBy(name => name, StringComparer.Ordinal).SequenceEqual(expected.OrderBy(name => name, StringComparer.Ordinal));
    }
}
