using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Model;

/// <summary>
/// Finds the methods of a class that carry an attribute of ours. The syntax is asked first: to bind the attributes of every
/// method of every model would cost more than everything else.
/// </summary>
internal static class AttributedMethods
{
    /// <summary>The methods and their attributes, in the order of the class's parts: the one with <c>[Compile]</c> first, then by file.</summary>
    public static IReadOnlyList<(IMethodSymbol Method, AttributeData Attribute)> Find(
        INamedTypeSymbol type, AttributeData compile, string attributeName, CancellationToken cancellation)
    {
        List<(IMethodSymbol, AttributeData)>? found = null;
        foreach (var part in InOrder(type.DeclaringSyntaxReferences, compile.ApplicationSyntaxReference?.SyntaxTree))
        {
            if (part.GetSyntax(cancellation) is not TypeDeclarationSyntax declaration)
            {
                continue;
            }

            foreach (var member in declaration.Members)
            {
                if (member is MethodDeclarationSyntax { AttributeLists.Count: > 0 } syntax && IsAnyNamed(syntax, attributeName))
                {
                    (found ??= []).AddRange(AttributesOf(type, syntax, attributeName));
                }
            }
        }

        return found is null ? [] : found;
    }

    /// <summary>Whether an attribute is written like one of ours, with or without <c>Attribute</c>: cheap, and before anything is bound.</summary>
    public static bool IsNamed(AttributeSyntax attribute, string attributeName)
    {
        const string suffix = nameof(Attribute);
        var name = RightmostName(attribute.Name);
        return attributeName.StartsWith(name, StringComparison.Ordinal)
            && (name.Length == attributeName.Length || name.Length == attributeName.Length - suffix.Length);
    }

    private static ImmutableArray<SyntaxReference> InOrder(ImmutableArray<SyntaxReference> parts, SyntaxTree? first)
        => parts.Length == 1
            ? parts
            : parts
                .OrderBy(part => part.SyntaxTree != first)
                .ThenBy(part => part.SyntaxTree.FilePath, StringComparer.Ordinal)
                .ThenBy(part => part.Span.Start)
                .ToImmutableArray();

    private static bool IsAnyNamed(MethodDeclarationSyntax method, string attributeName)
        => method.AttributeLists.Any(list => list.Attributes.Any(attribute => IsNamed(attribute, attributeName)));

    private static IEnumerable<(IMethodSymbol Method, AttributeData Attribute)> AttributesOf(INamedTypeSymbol type, MethodDeclarationSyntax syntax, string attributeName)
    {
        // Both parts of a partial method are one, and have the attributes of both.
        foreach (var method in type.GetMembers(syntax.Identifier.ValueText).OfType<IMethodSymbol>())
        {
            foreach (var attribute in method.GetAttributes().Where(attribute => LoopAttributes.IsOurs(attribute.AttributeClass, attributeName)))
            {
                if (attribute.ApplicationSyntaxReference is { } written && written.SyntaxTree == syntax.SyntaxTree && syntax.Span.Contains(written.Span))
                {
                    yield return (method, attribute);
                }
            }
        }
    }

    private static string RightmostName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => string.Empty,
    };
}
