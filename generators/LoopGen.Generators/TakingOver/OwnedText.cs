using LoopGen.Generators.Loop;

namespace LoopGen.Generators.TakingOver;

/// <summary>The text of a file that its user takes over: what was emitted, under a header that no longer says it is generated.</summary>
internal static class OwnedText
{
    private const string Yours = "// It is yours now: LoopGen no longer writes it";

    /// <param name="emitted">The text of an emitted file.</param>
    /// <param name="newLine">The line end of the files beside it.</param>
    public static string From(string emitted, string newLine)
    {
        var lines = emitted.Split('\n');
        var close = Array.IndexOf(lines, FileHeader.Close);

        // What it was written from stays: by it one is told of attributes that change afterwards.
        List<string> owned = [];
        foreach (var line in lines.Take(close).Skip(Array.IndexOf(lines, FileHeader.Open) + 1).Select(line => line.Substring("//   ".Length)))
        {
            if (FileHeader.IsAdvice(line))
            {
                break;
            }

            owned.Add($"// {line}");
        }

        var isShaped = owned.Any(line => line.StartsWith("//  ", StringComparison.Ordinal));
        owned.Add(isShaped ? $"{Yours}, and tells you when the attributes change." : $"{Yours}.");
        owned.AddRange(lines.Skip(close + 1));
        return string.Join(newLine, owned);
    }

    /// <summary>The line end that a text uses.</summary>
    public static string NewLineOf(string text)
        => text.IndexOf('\n') is > 0 and var end && text[end - 1] == '\r' ? "\r\n" : "\n";
}
