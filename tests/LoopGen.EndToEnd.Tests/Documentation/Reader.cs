using System.Text.RegularExpressions;
using LoopGen.EndToEnd.Tests.Infrastructure;
using LoopGen.Generators.Tests.Documentation;
using Xunit;

namespace LoopGen.EndToEnd.Tests.Documentation;

/// <summary>
/// Does what a page says: writes its files, runs its commands, makes its changes, and holds what the commands write against
/// what the page shows.
/// </summary>
internal sealed partial class Reader(Shell shell, params (string Text, string Here)[] replacements)
{
    /// <summary>Does what stands in the blocks of one section.</summary>
    public async Task Follow(IReadOnlyList<MarkdownBlock> blocks)
    {
        string? output = null;
        foreach (var (_, language, shown) in blocks)
        {
            var text = replacements.Aggregate(shown, (text, replacement) => text.Replace(replacement.Text, replacement.Here, StringComparison.Ordinal));
            switch (language)
            {
                case "bash":
                    output = (await shell.Run(text)).EndedWith(ExitCode(text)).Output;
                    break;
                case "text":
                    Assert.NotNull(output);
                    ShownOutput.AssertIn(output, text + "\n");
                    break;
                case "xml":
                    Assert.StartsWith("<configuration>", text);
                    await File.WriteAllTextAsync(Path.Combine(shell.Folder, "NuGet.config"), text, TestContext.Current.CancellationToken);
                    break;
                case "diff":
                    await this.Change(text);
                    break;
                default:
                    Assert.Fail($"A reader can do nothing with a block of '{language}'.");
                    break;
            }
        }
    }

    // A comment at the end says how the commands end, if not well.
    private static int ExitCode(string commands)
        => EndsWith().Match(commands) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan) : 0;

    // The first line names the file; the lines without a plus are in it, and those without a minus take their place.
    private async Task Change(string diff)
    {
        const string head = "--- ";
        Assert.StartsWith(head, diff);
        var lines = diff.Split('\n');
        var path = Path.Combine(shell.Folder, lines[0][head.Length..]);
        var before = Side('-');
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Single(Regex.Matches(text, Regex.Escape(before)));
        await File.WriteAllTextAsync(path, text.Replace(before, Side('+'), StringComparison.Ordinal), TestContext.Current.CancellationToken);

        string Side(char sign) => string.Concat(lines.Skip(1).Where(line => line[0] == sign || line[0] == ' ').Select(line => line[1..] + "\n"));
    }

    [GeneratedRegex(@" # ends with (\d+)$", RegexOptions.Multiline)]
    private static partial Regex EndsWith();
}
