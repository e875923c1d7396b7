using LoopGen.Generators.Loop;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopGen.Generators.TakingOver;

/// <summary>Reads from the comment above a method what it was written from.</summary>
internal static class Origin
{
    /// <summary>
    /// The sentence that the attributes were put into when the file was written, or null where no comment tells. It may
    /// stand above the method, its class, or at the top of the file, and be broken into lines in any way.
    /// </summary>
    public static string? Find(SyntaxNode method, LoopFile file)
    {
        if (file.Subject is not { } subject)
        {
            return null;
        }

        foreach (var node in method.AncestorsAndSelf())
        {
            if (Find(node.GetLeadingTrivia(), $"{FileHeader.Wrote} {subject} ") is { } words)
            {
                return words;
            }
        }

        return null;
    }

    private static string? Find(SyntaxTriviaList trivia, string opening)
    {
        string[] lines = [.. trivia.Where(piece => piece.IsKind(SyntaxKind.SingleLineCommentTrivia)).Select(piece => piece.ToString().Substring(2).TrimEnd())];
        var first = Array.FindIndex(lines, line => line.TrimStart().StartsWith(opening, StringComparison.Ordinal));
        if (first < 0)
        {
            return null;
        }

        // The words are further in than the line that announces them, which ends with a colon.
        var last = Array.FindIndex(lines, first, line => line.EndsWith(":", StringComparison.Ordinal));
        string[] words = last < 0 ? [] : [.. lines.Skip(last + 1).TakeWhile(line => Indentation(line) > Indentation(lines[first])).Select(line => line.Trim())];
        return words.Length == 0 ? null : string.Join(" ", words);
    }

    private static int Indentation(string line) => line.Length - line.TrimStart().Length;
}
