using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>Takes an element out of a list, with one comma beside it.</summary>
internal static class ListElement
{
    public static TextChange Remove(SyntaxNode element)
    {
        var before = element.GetFirstToken().GetPreviousToken();
        var after = element.GetLastToken().GetNextToken();
        var span = before.IsKind(SyntaxKind.CommaToken) ? TextSpan.FromBounds(before.SpanStart, element.Span.End)
            : after.IsKind(SyntaxKind.CommaToken) ? TextSpan.FromBounds(element.SpanStart, after.GetNextToken().SpanStart)
            : element.Span;
        return new TextChange(span, string.Empty);
    }
}
