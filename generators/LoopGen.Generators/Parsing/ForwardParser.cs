using LoopGen.Generators.Rules;
using LoopGen.Generators.Specs;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Parsing;

/// <summary>Reads the names of <c>forward</c>'s parameters: the loop calls its tensors by them.</summary>
internal static class ForwardParser
{
    public static EquatableArray<InputSpec> Parse(INamedTypeSymbol type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            foreach (var member in candidate.GetMembers(KnownNames.Forward))
            {
                if (member is IMethodSymbol { Parameters.Length: 1 } method && ShapeRules.IsTensor(method.Parameters[0].Type))
                {
                    return Single(method.Parameters[0].Name);
                }
            }

            // An abstract class leaves forward to its subclasses.
            if (candidate.ContainingAssembly?.Name == KnownNames.TorchSharp)
            {
                break;
            }
        }

        return Single("input");
    }

    private static EquatableArray<InputSpec> Single(string name)
        => new[] { new InputSpec(name.Length == 0 ? "input" : name) }.ToEquatableArray();
}
