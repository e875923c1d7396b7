using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.CodeFixes;

/// <summary>What the body of a method allows its declaration to be.</summary>
internal static class HookBody
{
    /// <summary>Whether it waits, so that it must stay <c>async</c>.</summary>
    public static bool Awaits(MethodDeclarationSyntax method)
        => method.DescendantTokens().Any(token => token.IsKind(SyntaxKind.AwaitKeyword));

    /// <summary>Whether it returns a value, so that it cannot be <c>void</c>.</summary>
    public static bool ReturnsValue(MethodDeclarationSyntax method)
        => !(method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword })
        && (method.ExpressionBody is not null
            || method.DescendantNodes().Any(node => node is ReturnStatementSyntax { Expression: not null }));
}
