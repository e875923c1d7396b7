using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>LG0033: moves <c>RegisterComponents();</c> to the end of its constructor.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveRegisterComponentsFix))]
[Shared]
public sealed class MoveRegisterComponentsFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticIds.RegisteredTooEarly);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            // Only where it has a line to itself, with nothing else to take along.
            var statement = root!.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ExpressionStatementSyntax>();
            var line = text.Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start);
            if (statement?.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is { Body: { } body } constructor
                && line.ToString().Trim() == statement.ToString()
                && text.Lines.GetLineFromPosition(body.CloseBraceToken.SpanStart).ToString().Trim() == "}"
                && LastStatement.Add(constructor, text, statement.ToString()) is { } addition)
            {
                context.Offer(
                    diagnostic,
                    "Move to the end",
                    nameof(MoveRegisterComponentsFix),
                    new TextChange(line.SpanIncludingLineBreak, string.Empty),
                    addition);
            }
        }
    }
}
