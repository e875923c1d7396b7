using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators;
using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>LG0010: adds a loss to <c>[Compile]</c>, one offer for each purpose.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddLossFix))]
[Shared]
public sealed class AddLossFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticIds.NoLoss);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root!.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute)
            {
                continue;
            }

            // The short name, unless it means something else here.
            var found = model!.GetSpeculativeSymbolInfo(
                attribute.SpanStart,
                SyntaxFactory.IdentifierName(KnownNames.LossProperty),
                SpeculativeBindingOption.BindAsExpression);
            var type = LoopAttributes.IsOurs(found.Symbol as ITypeSymbol, KnownNames.LossProperty)
                ? KnownNames.LossProperty
                : $"global::{KnownNames.Namespace}.{KnownNames.LossProperty}";

            foreach (var loss in LossCatalog.Suggested)
            {
                context.Offer(
                    diagnostic,
                    $"Add Loss = Loss.{loss.Name} ({loss.Purpose})",
                    $"{nameof(AddLossFix)}.{loss.Name}",
                    Add(attribute, $"{KnownNames.LossProperty} = {type}.{loss.Name}"));
            }
        }
    }

    // Behind the optimizer, where there is one; else in front.
    private static TextChange Add(AttributeSyntax attribute, string argument)
    {
        if (attribute.ArgumentList is not { } list)
        {
            return Insert(attribute.Span.End, $"({argument})");
        }

        if (list.Arguments.FirstOrDefault(candidate => AttributeArguments.NameOf(candidate) == KnownNames.OptimizerProperty) is { } optimizer)
        {
            return Insert(optimizer.Span.End, $", {argument}");
        }

        return list.Arguments.Count == 0
            ? Insert(list.OpenParenToken.Span.End, argument)
            : Insert(list.Arguments[0].SpanStart, $"{argument}, ");
    }

    private static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);
}
