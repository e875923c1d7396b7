using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Attributes of ours on a method, or on something else that the language counts among methods.</summary>
internal static class MethodAttributes
{
    // What is called by no name.
    private const string AnyName = "Name";

    /// <summary>
    /// The class whose method, or the like, has the attribute that is looked at, if it is the one of that name; or null.
    /// </summary>
    public static INamedTypeSymbol? ModelOf(SyntaxNodeAnalysisContext context, string attributeName)
    {
        var attribute = (AttributeSyntax)context.Node;
        return AttributedMethods.IsNamed(attribute, attributeName)
            && OwnerOf(attribute) is { } owner
            && context.SemanticModel.GetTypeInfo(attribute, context.CancellationToken).Type is { } type
            && LoopAttributes.IsOurs(type, attributeName)
            && owner.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
                ? context.SemanticModel.GetDeclaredSymbol(declaration, context.CancellationToken) as INamedTypeSymbol
                : null;
    }

    /// <summary>What has the attribute, if it is a method or the like.</summary>
    public static SyntaxNode? OwnerOf(AttributeSyntax attribute)
        => attribute.Parent?.Parent is { } owner
        && owner is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or LambdaExpressionSyntax or AccessorDeclarationSyntax
        && owner is not ConstructorDeclarationSyntax
            ? owner
            : null;

    /// <summary>Its name; a stand-in where it has none.</summary>
    public static string NameOf(SyntaxNode owner) => owner switch
    {
        MethodDeclarationSyntax declaration => declaration.Identifier.Text,
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        _ => AnyName,
    };

    /// <summary>Whether the compiler does not know a type in its signature, which is an error of its own.</summary>
    public static bool HasUnknownType(IMethodSymbol method)
        => method.Parameters.Select(parameter => parameter.Type).Append(method.ReturnType).Any(type => type.TypeKind == TypeKind.Error);

    /// <summary>Its parameters on one line, however they are broken into lines.</summary>
    public static string Spaced(ParameterListSyntax list)
        => list.Parameters.Count == 0 ? "nothing" : $"({string.Join(", ", list.Parameters.Select(parameter => parameter.WithAttributeLists(default).NormalizeWhitespace().ToString()))})";
}
