using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>LG0064: removes the second of two attributes that exclude each other.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveAttributeFix))]
[Shared]
public sealed class RemoveAttributeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticIds.BlocksExclude);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root!.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is { Parent: AttributeListSyntax list } attribute)
            {
                var change = list.Attributes.Count > 1 ? ListElement.Remove(attribute) : Remove(list);
                context.Offer(diagnostic, "Remove the attribute", nameof(RemoveAttributeFix), change);
            }
        }
    }

    // With its line, unless something else stands there.
    private static TextChange Remove(AttributeListSyntax list)
    {
        var next = list.GetLastToken().GetNextToken();
        var between = list.GetTrailingTrivia().Concat(next.LeadingTrivia);
        var isBare = between.All(trivia => trivia.Kind() is SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia);
        return new TextChange(isBare ? TextSpan.FromBounds(list.SpanStart, next.SpanStart) : list.Span, string.Empty);
    }
}
