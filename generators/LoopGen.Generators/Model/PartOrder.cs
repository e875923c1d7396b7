using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Model;

/// <summary>The order of what stands on several parts of a class, the same on every machine.</summary>
internal static class PartOrder
{
    /// <summary>The part with <c>[Compile]</c> first, then by file.</summary>
    public static IReadOnlyList<AttributeData> Of(IReadOnlyList<AttributeData> attributes, AttributeData compile)
    {
        if (attributes.Count < 2)
        {
            return attributes;
        }

        var first = compile.ApplicationSyntaxReference?.SyntaxTree;
        return attributes
            .OrderBy(attribute => attribute.ApplicationSyntaxReference?.SyntaxTree != first)
            .ThenBy(attribute => attribute.ApplicationSyntaxReference?.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(attribute => attribute.ApplicationSyntaxReference?.Span.Start)
            .ToArray();
    }
}
