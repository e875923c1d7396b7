using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>LG0015: gives Nesterov what it needs, or removes it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NesterovFix))]
[Shared]
public sealed class NesterovFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticIds.NesterovAlone);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root!.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { Parent.Parent: AttributeSyntax attribute } nesterov)
            {
                continue;
            }

            var dampening = AttributeArguments.Find(attribute, "Dampening");
            if (dampening is null)
            {
                var momentum = AttributeArguments.Find(attribute, "Momentum");
                var change = momentum is null
                    ? new TextChange(new TextSpan(nesterov.SpanStart, 0), "Momentum = 0.9, ")
                    : new TextChange(momentum.Expression.Span, "0.9");
                context.Offer(diagnostic, "Set Momentum to 0.9", $"{nameof(NesterovFix)}.Momentum", change);
            }
            else if (AttributeArguments.Find(attribute, "Momentum") is not null)
            {
                context.Offer(diagnostic, "Remove Dampening", $"{nameof(NesterovFix)}.Dampening", ListElement.Remove(dampening));
            }

            context.Offer(diagnostic, "Remove Nesterov", $"{nameof(NesterovFix)}.Nesterov", ListElement.Remove(nesterov));
        }
    }
}
