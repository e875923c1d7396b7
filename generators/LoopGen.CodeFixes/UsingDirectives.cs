using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>Adds a using to a file, among those that it has.</summary>
internal static class UsingDirectives
{
    public static TextChange Add(CompilationUnitSyntax file, SourceText text, string name)
    {
        var newLine = text.Lines[0] is var first && first.EndIncludingLineBreak > first.End
            ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak))
            : "\n";
        var directive = $"using {name};{newLine}";

        // Where the alphabet puts it; System's come first, static ones and aliases last.
        var usings = file.Usings.Where(other => other.GlobalKeyword.IsKind(SyntaxKind.None)).ToArray();
        var next = Array.Find(usings, other => IsBehind(other, name));
        if (next is not null)
        {
            return Insert(next.SpanStart, directive);
        }

        if (file.Usings.LastOrDefault() is { } last)
        {
            return Insert(text.Lines.GetLineFromPosition(last.Span.End).EndIncludingLineBreak, directive);
        }

        // A comment at the top stays there.
        var start = file.GetFirstToken(includeZeroWidth: true).SpanStart;
        return Insert(text.Lines.GetLineFromPosition(start).Start, directive + newLine);
    }

    private static bool IsBehind(UsingDirectiveSyntax other, string name)
        => other.Alias is not null
        || other.StaticKeyword.IsKind(SyntaxKind.StaticKeyword)
        || (other.Name?.ToString() is { } written
            && written != "System"
            && !written.StartsWith("System.", StringComparison.Ordinal)
            && string.CompareOrdinal(written, name) > 0);

    private static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);
}
