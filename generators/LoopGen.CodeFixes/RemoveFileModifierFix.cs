using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>LG0004: removes the modifier <c>file</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveFileModifierFix))]
[Shared]
public sealed class RemoveFileModifierFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticIds.NotAnOrdinaryClass);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            var type = root!.FindToken(diagnostic.Location.SourceSpan.Start).Parent!.FirstAncestorOrSelf<TypeDeclarationSyntax>();
            var modifier = type?.Modifiers.FirstOrDefault(candidate => candidate.IsKind(SyntaxKind.FileKeyword)) ?? default;
            if (modifier.IsKind(SyntaxKind.FileKeyword))
            {
                // With the blank behind it.
                var span = TextSpan.FromBounds(modifier.SpanStart, modifier.GetNextToken().SpanStart);
                context.Offer(diagnostic, "Remove 'file'", nameof(RemoveFileModifierFix), new TextChange(span, string.Empty));
            }
        }
    }
}
