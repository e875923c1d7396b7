using System.Text.RegularExpressions;
using Xunit;

namespace LoopGen.EndToEnd.Tests.Documentation;

/// <summary>What a page shows of the output of commands. <c>…</c> is anything: on a line of its own, any lines.</summary>
internal static class ShownOutput
{
    private const string Anything = "…";

    /// <summary>Whether the lines that are shown are in the output, in their order.</summary>
    public static void AssertIn(string output, string shown)
    {
        var from = 0;
        foreach (var part in Regex.Split(shown, $"^{Anything}\n", RegexOptions.Multiline).Where(part => part.Length > 0))
        {
            var pattern = string.Join(".*", part.Split(Anything).Select(Regex.Escape));
            var match = new Regex($"^{pattern}", RegexOptions.Multiline).Match(output, from);
            Assert.True(match.Success, $"The page shows, and the output has not after what came before:\n{part}\nThe output:\n{output}");
            from = match.Index + match.Length;
        }
    }
}
