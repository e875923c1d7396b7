using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Where the arguments of an attribute stand.</summary>
internal static class AttributeArguments
{
    /// <summary>The attribute as it is written, or null if it comes from another assembly.</summary>
    public static AttributeSyntax? SyntaxOf(AttributeData attribute, CancellationToken cancellation)
        => attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;

    /// <summary>Its arguments.</summary>
    public static IEnumerable<AttributeArgumentSyntax> All(AttributeSyntax attribute)
        => attribute.ArgumentList?.Arguments ?? Enumerable.Empty<AttributeArgumentSyntax>();

    /// <summary>The name of <c>Name = value</c>, and of <c>Name: value</c>, or null.</summary>
    public static string? NameOf(AttributeArgumentSyntax argument)
        => (argument.NameEquals?.Name ?? argument.NameColon?.Name)?.Identifier.ValueText;

    /// <summary>The argument of that name, or null.</summary>
    public static AttributeArgumentSyntax? Find(AttributeSyntax attribute, string name)
        => All(attribute).FirstOrDefault(argument => NameOf(argument) == name);

    /// <summary>The elements of an array as they are written; empty where none are.</summary>
    public static IReadOnlyList<SyntaxNode> ElementsOf(ExpressionSyntax array) => array switch
    {
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
        ImplicitArrayCreationExpressionSyntax { Initializer: var initializer } => initializer.Expressions,
        CollectionExpressionSyntax collection => collection.Elements,
        _ => [],
    };

    /// <summary>Whether an argument of that name is written, or one that is misspelt, which LG0014 is about.</summary>
    public static bool Mentions(AttributeData attribute, AttributeSyntax syntax, string property)
        => All(syntax).Any(argument => NameOf(argument) is { } name
            && (name == property || PropertyRules.Suggest(attribute.AttributeClass!, name) == property));

    /// <summary>The first argument without <c>=</c>, or null.</summary>
    public static AttributeArgumentSyntax? FirstPositional(AttributeSyntax attribute)
        => All(attribute).FirstOrDefault(argument => argument.NameEquals is null);
}
