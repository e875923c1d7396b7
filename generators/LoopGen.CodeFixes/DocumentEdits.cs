using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>Changes a document's text and nothing around it: what the user formatted stays as it is.</summary>
internal static class DocumentEdits
{
    /// <summary>Offers a fix whose text does not depend on anything else in the document.</summary>
    public static void Offer(this CodeFixContext context, Diagnostic diagnostic, string title, string key, params TextChange[] changes)
        => context.RegisterCodeFix(
            CodeAction.Create(title, cancellation => ApplyAsync(context.Document, changes, cancellation), key),
            diagnostic);

    private static async Task<Document> ApplyAsync(Document document, TextChange[] changes, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes));
    }
}
