using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>LG0040 and LG0041: removes the activation that the loss applies itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveActivationFix))]
[Shared]
public sealed class RemoveActivationFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        DiagnosticIds.SoftmaxBeforeLoss,
        DiagnosticIds.SigmoidBeforeLoss);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root!.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call)
            {
                continue;
            }

            // A call in forward is replaced by what goes into it; a module leaves its Sequential.
            if (diagnostic.Properties.TryGetValue(UnknownNameAnalyzer.Replacement, out var input) && input is not null)
            {
                context.Offer(diagnostic, "Remove the activation", nameof(RemoveActivationFix), new TextChange(call.Span, input));
            }
            else if (ElementOf(call) is { } element)
            {
                context.Offer(diagnostic, "Remove the activation", nameof(RemoveActivationFix), ListElement.Remove(element));
            }
        }
    }

    // The argument or element that the module is; null where it is the only one.
    private static SyntaxNode? ElementOf(ExpressionSyntax module) => module.Parent switch
    {
        ParenthesizedExpressionSyntax or CastExpressionSyntax => ElementOf((ExpressionSyntax)module.Parent),
        ArgumentSyntax { Parent: TupleExpressionSyntax tuple } => ElementOf(tuple),
        ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: > 1 } } argument => argument,
        ExpressionElementSyntax { Parent: CollectionExpressionSyntax { Elements.Count: > 1 } } element => element,
        InitializerExpressionSyntax { Expressions.Count: > 1 } => module,
        _ => null,
    };
}
