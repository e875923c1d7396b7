using LoopGen.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Model;

/// <summary>The arguments that an attribute of ours has.</summary>
internal static class PropertyRules
{
    /// <summary>The names that can stand before <c>=</c>.</summary>
    public static string[] Names(INamedTypeSymbol attribute)
        => [.. attribute.GetMembers()
            .OfType<IPropertySymbol>()
            .Where(property => property is { IsStatic: false, SetMethod.DeclaredAccessibility: Accessibility.Public })
            .Select(property => property.Name)];

    /// <summary>The property that was meant by a name that is none, or null.</summary>
    public static string? Suggest(INamedTypeSymbol attribute, string name)
        => attribute.GetMembers(name).IsEmpty ? Spelling.Nearest(name, Names(attribute), Synonyms.PropertiesOf(attribute.Name)) : null;
}
