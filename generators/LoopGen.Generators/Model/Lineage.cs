using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Model;

/// <summary>A class and the bases of it that are neither TorchSharp's nor the framework's.</summary>
internal static class Lineage
{
    /// <summary>The class and its bases, up to what TorchSharp or the framework declares.</summary>
    public static IEnumerable<INamedTypeSymbol> Of(INamedTypeSymbol type)
    {
        for (var part = type; part is not null && IsUsers(part); part = part.BaseType)
        {
            yield return part;
        }
    }

    /// <summary>Whether a class is not TorchSharp's nor the framework's.</summary>
    public static bool IsUsers(INamedTypeSymbol type)
        => type.SpecialType == SpecialType.None && type.ContainingAssembly?.Name != KnownNames.TorchSharp;
}
