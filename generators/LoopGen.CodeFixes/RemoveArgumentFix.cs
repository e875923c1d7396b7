using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.CodeFixes;

/// <summary>LG0011, LG0026, LG0061 and LG0067: removes an argument that is one too many where it stands.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveArgumentFix))]
[Shared]
public sealed class RemoveArgumentFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        DiagnosticIds.HyperparameterNotTaken,
        DiagnosticIds.MetricPlace,
        DiagnosticIds.ClipLimits,
        DiagnosticIds.SchedulePlace);

    /// <inheritdoc/>
    /// <remarks>All of a document at once: neighbours share a comma, and changes made one by one would collide there.</remarks>
    public override FixAllProvider GetFixAllProvider()
        => FixAllProvider.Create(async (context, document, diagnostics)
            => await RemoveAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            // An attribute that lacks an argument is reported as a whole.
            if (ArgumentAt(root!, diagnostic) is not null)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        "Remove the argument",
                        cancellation => RemoveAsync(context.Document, ImmutableArray.Create(diagnostic), cancellation),
                        nameof(RemoveArgumentFix)),
                    diagnostic);
            }
        }
    }

    private static AttributeArgumentSyntax? ArgumentAt(SyntaxNode root, Diagnostic diagnostic)
        => root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>();

    // An empty list goes as a whole.
    private static IEnumerable<SyntaxNode> WithoutEmptyLists(AttributeArgumentSyntax[] arguments)
        => arguments
            .GroupBy(argument => (AttributeArgumentListSyntax)argument.Parent!)
            .SelectMany(list => list.Distinct().Count() == list.Key.Arguments.Count ? [list.Key] : list.AsEnumerable<SyntaxNode>());

    private static async Task<Document> RemoveAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var arguments = diagnostics
            .Select(diagnostic => ArgumentAt(root!, diagnostic))
            .OfType<AttributeArgumentSyntax>()
            .ToArray();
        return document.WithSyntaxRoot(root!.RemoveNodes(WithoutEmptyLists(arguments), SyntaxRemoveOptions.KeepNoTrivia)!);
    }
}
