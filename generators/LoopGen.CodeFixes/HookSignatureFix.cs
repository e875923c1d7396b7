using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Features.Hooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>LG0051 and LG0053: writes the signature of a hook, and keeps the body.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HookSignatureFix))]
[Shared]
public sealed class HookSignatureFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        DiagnosticIds.HookSignature,
        DiagnosticIds.HookNotPartial);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(HookAnalyzer.Signature, out var signature)
                && root!.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is { ParameterList.CloseParenToken.IsMissing: false } method
                && CanChange(method))
            {
                var hook = (MethodDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(signature + ";")!;
                context.Offer(
                    diagnostic,
                    $"Change to {signature}",
                    nameof(HookSignatureFix),
                    [Header(method, signature!), .. Renames(method, hook.ParameterList, model!, context.CancellationToken)]);
            }
        }
    }

    // What overrides or is overridden belongs to a base class, too.
    private static bool CanChange(MethodDeclarationSyntax method)
        => !HookBody.ReturnsValue(method)
        && !(method.Modifiers.Any(SyntaxKind.AsyncKeyword) && HookBody.Awaits(method))
        && (method.Body is not null || method.ExpressionBody is not null)
        && !method.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.OverrideKeyword or SyntaxKind.VirtualKeyword);

    private static TextChange Header(MethodDeclarationSyntax method, string signature)
    {
        var start = method.Modifiers.Count > 0 ? method.Modifiers[0].SpanStart : method.ReturnType.SpanStart;
        var end = method.ConstraintClauses.Count > 0 ? method.ConstraintClauses.Last().Span.End : method.ParameterList.Span.End;
        return new TextChange(TextSpan.FromBounds(start, end), signature);
    }

    // A parameter that goes by another name in the hook is called by that in the body.
    private static IEnumerable<TextChange> Renames(
        MethodDeclarationSyntax method,
        ParameterListSyntax hook,
        SemanticModel model,
        CancellationToken cancellation)
    {
        var free = hook.Parameters.ToList();
        var old = method.ParameterList.Parameters
            .Where(parameter => free.RemoveAll(other => other.Identifier.ValueText == parameter.Identifier.ValueText) == 0)
            .ToArray();
        foreach (var parameter in old)
        {
            if ((free.Find(other => TypeOf(other) == TypeOf(parameter)) ?? free.FirstOrDefault()) is not { } partner)
            {
                yield break;
            }

            free.Remove(partner);
            var symbol = model.GetDeclaredSymbol(parameter, cancellation);
            foreach (var name in method.DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (name.Identifier.ValueText == parameter.Identifier.ValueText
                    && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, symbol))
                {
                    yield return new TextChange(name.Span, partner.Identifier.Text);
                }
            }
        }
    }

    private static string? TypeOf(ParameterSyntax parameter) => parameter.Type?.ToString();
}
