using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>Adds a statement to the end of a constructor, in the indentation, braces and line ends of its file.</summary>
internal static class LastStatement
{
    public static TextChange? Add(ConstructorDeclarationSyntax constructor, SourceText text, string statement)
        => constructor switch
        {
            { ExpressionBody: { } arrow, SemicolonToken.IsMissing: false } => FromArrow(constructor, arrow, text, statement),
            { Body: { OpenBraceToken.IsMissing: false, CloseBraceToken.IsMissing: false } body } => FromBlock(constructor, body, text, statement),
            _ => null,
        };

    private static TextChange FromArrow(ConstructorDeclarationSyntax constructor, ArrowExpressionClauseSyntax arrow, SourceText text, string statement)
    {
        var comments = arrow.ArrowToken.GetAllTrivia()
            .Concat(arrow.Expression.GetLeadingTrivia())
            .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
            .Select(trivia => trivia.ToString());
        return Rewrite(
            constructor,
            TextSpan.FromBounds(arrow.ArrowToken.GetPreviousToken().Span.End, constructor.SemicolonToken.Span.End),
            text,
            [.. comments, $"{arrow.Expression};", statement]);
    }

    private static TextChange FromBlock(ConstructorDeclarationSyntax constructor, BlockSyntax body, SourceText text, string statement)
    {
        var close = text.Lines.GetLineFromPosition(body.CloseBraceToken.SpanStart);
        var last = body.Statements.LastOrDefault();
        if (text.ToString(TextSpan.FromBounds(close.Start, body.CloseBraceToken.SpanStart)).Trim().Length > 0)
        {
            return Rewrite(
                constructor,
                TextSpan.FromBounds(body.OpenBraceToken.GetPreviousToken().Span.End, body.CloseBraceToken.Span.End),
                text,
                [.. body.Statements.Select(line => line.ToString()), statement]);
        }

        // On a line of its own before the brace; nothing is reached behind a return.
        var indentation = last is null
            ? IndentationAt(text, body.CloseBraceToken.SpanStart) + Unit(constructor, text)
            : IndentationAt(text, last.SpanStart);
        var position = last is ReturnStatementSyntax ? text.Lines.GetLineFromPosition(last.SpanStart).Start : close.Start;
        return new TextChange(new TextSpan(position, 0), indentation + statement + NewLine(text));
    }

    // A body on one line becomes one of several.
    private static TextChange Rewrite(ConstructorDeclarationSyntax constructor, TextSpan span, SourceText text, string[] statements)
    {
        var newLine = NewLine(text);
        var indentation = IndentationAt(text, constructor.SpanStart);
        var unit = Unit(constructor, text);

        var block = new StringBuilder(HasBracesOnTheirOwn(constructor, text) ? newLine + indentation : " ").Append('{').Append(newLine);
        foreach (var statement in statements)
        {
            block.Append(indentation).Append(unit).Append(statement).Append(newLine);
        }

        return new TextChange(span, block.Append(indentation).Append('}').ToString());
    }

    private static bool HasBracesOnTheirOwn(ConstructorDeclarationSyntax constructor, SourceText text)
        => constructor.Parent is not TypeDeclarationSyntax type
        || text.Lines.GetLineFromPosition(type.OpenBraceToken.SpanStart).LineNumber
            != text.Lines.GetLineFromPosition(type.OpenBraceToken.GetPreviousToken().SpanStart).LineNumber;

    // By how much the constructor stands in from its class.
    private static string Unit(ConstructorDeclarationSyntax constructor, SourceText text)
    {
        var own = IndentationAt(text, constructor.SpanStart);
        var outer = constructor.Parent is TypeDeclarationSyntax type ? IndentationAt(text, type.CloseBraceToken.SpanStart) : string.Empty;
        return own.Length > outer.Length && own.StartsWith(outer, StringComparison.Ordinal) ? own.Substring(outer.Length) : "    ";
    }

    private static string IndentationAt(SourceText text, int position)
    {
        var line = text.Lines.GetLineFromPosition(position).ToString();
        return line.Substring(0, line.Length - line.TrimStart(' ', '\t').Length);
    }

    private static string NewLine(SourceText text)
    {
        var first = text.Lines[0];
        return first.EndIncludingLineBreak > first.End
            ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak))
            : "\n";
    }
}
