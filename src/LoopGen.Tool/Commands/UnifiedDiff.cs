using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace LoopGen.Tool.Commands;

/// <summary>The difference of two texts in the usual form: changed lines with <c>-</c> and <c>+</c>, and three lines around them.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    public static string Between(string before, string after)
    {
        var lines = InlineDiffBuilder.Diff(before.TrimEnd('\n'), after.TrimEnd('\n')).Lines;
        var text = new StringBuilder();
        for (var start = 0; start < lines.Count;)
        {
            var first = lines.FindIndex(start, line => line.Type != ChangeType.Unchanged);
            if (first < 0)
            {
                break;
            }

            // As long as no more than the lines around two changes lie between them, they are one.
            var last = first;
            for (var next = first; next >= 0 && next - last <= (2 * Context) + 1; next = last + 1 < lines.Count ? lines.FindIndex(last + 1, line => line.Type != ChangeType.Unchanged) : -1)
            {
                last = next;
            }

            Write(text, lines, Math.Max(start, first - Context), Math.Min(lines.Count, last + Context + 1));
            start = last + Context + 1;
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, List<DiffPiece> lines, int start, int end)
    {
        var range = lines.GetRange(start, end - start);
        text.Append("@@ -").Append(Place(lines, start, range, ChangeType.Inserted)).Append(" +").Append(Place(lines, start, range, ChangeType.Deleted)).Append(" @@\n");
        foreach (var line in range)
        {
            text.Append(line.Type switch { ChangeType.Inserted => '+', ChangeType.Deleted => '-', _ => ' ' }).Append(line.Text).Append('\n');
        }
    }

    // The first line and the number of lines on one side, on which lines of the other's kind do not exist.
    private static string Place(List<DiffPiece> lines, int start, List<DiffPiece> range, ChangeType absent)
        => $"{lines.Take(start).Count(line => line.Type != absent) + 1},{range.Count(line => line.Type != absent)}";
}
