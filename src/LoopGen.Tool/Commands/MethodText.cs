using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Tool.Commands;

/// <summary>The lines of a method with its comments, wherever it stands: without the indentation that they have in common.</summary>
internal static class MethodText
{
    public static string Of(MethodDeclarationSyntax method)
    {
        var lines = method.ToFullString().Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(line => line.TrimEnd()).ToList();

        // The comment that tells where the file comes from is no part of the method, nor is what a directive says.
        while (lines.Count > 0 && (lines[0].Length == 0 || lines[0].TrimStart().StartsWith('#') || IsPlainComment(lines[0])))
        {
            lines.RemoveAt(0);
        }

        while (lines.Count > 0 && lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        var indentation = lines.Where(line => line.Length > 0).Select(Indentation).DefaultIfEmpty().Min();
        return string.Concat(lines.Select(line => (line.Length == 0 ? line : line[indentation..]) + "\n"));
    }

    private static bool IsPlainComment(string line)
        => line.TrimStart() is var text && text.StartsWith("//", StringComparison.Ordinal) && !text.StartsWith("///", StringComparison.Ordinal);

    private static int Indentation(string line) => line.Length - line.TrimStart().Length;
}
