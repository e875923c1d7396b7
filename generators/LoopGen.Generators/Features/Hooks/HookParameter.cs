using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Features.Hooks;

/// <summary>A parameter of a hook.</summary>
/// <param name="Type">Its type, as it is written in the model's file.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsRef">Whether it is passed by reference.</param>
/// <param name="Fits">Whether a type is that type.</param>
internal sealed record HookParameter(string Type, string Name, bool IsRef, Func<ITypeSymbol, bool> Fits)
{
    public override string ToString() => $"{(this.IsRef ? "ref " : string.Empty)}{this.Type} {this.Name}";
}
