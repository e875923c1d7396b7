using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LoopGen.Generators.Tests.Infrastructure;
using Xunit;

namespace LoopGen.Generators.Tests.Documentation;

/// <summary>
/// The pages of the blocks show a model and then the lines that it gets: the models compile clean, and the lines stand in
/// their loops, in that order. <c>…</c> stands for lines in between.
/// </summary>
public sealed class BlockPagesTests
{
    private const string Namespaces = "namespace Page;\nusing System;\n";

    public static TheoryData<string> Pages => [.. Directory.GetFiles(Docs(), "*.md").Select(path => Path.GetFileName(path)).Where(name => name != "README.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_lines_of_a_page_are_those_of_its_models(string page)
    {
        string? loop = null;
        var shown = 0;
        foreach (Match block in Regex.Matches(Read(page), "```csharp\n(.*?)\n```", RegexOptions.Singleline))
        {
            var code = block.Groups[1].Value;
            if (code.StartsWith("[Compile", StringComparison.Ordinal))
            {
                var run = GeneratorRun.Of(Models.Usings + Namespaces + code);
                Assert.Empty(run.Diagnostics().Select(diagnostic => diagnostic.ToString()));
                loop = Unindented(run.Files["Page.Net.Fit.g.cs"]);
            }
            else
            {
                AssertShows(loop!, code, page);
                shown++;
            }
        }

        Assert.True(shown > 0, $"{page} shows no line of a loop.");
    }

    [Fact]
    public void Every_page_is_in_the_list()
        => Assert.All(Pages, page => Assert.Contains($"]({page.Data})", Read("README.md")));

    private static void AssertShows(string loop, string code, string page)
    {
        var position = 0;
        foreach (var part in code.Split("\n…\n"))
        {
            var lines = Unindented(part);
            var found = loop.IndexOf(lines, position, StringComparison.Ordinal);
            Assert.True(found >= 0, $"{page} shows, and the loop has not after what came before:\n{part}");
            position = found;
        }
    }

    // A page is narrower than a loop: where lines are broken does not matter.
    private static string Unindented(string text) => Regex.Replace(text, @"(\s|//)+", " ").Trim();

    private static string Read(string page) => File.ReadAllText(Path.Combine(Docs(), page)).ReplaceLineEndings("\n");

    private static string Docs([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../docs/blocks"));
}
