using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LoopGen.Generators.Tests.Infrastructure;
using Xunit;

namespace LoopGen.Generators.Tests.Documentation;

/// <summary>
/// What the guides show compiles, and is what is emitted. A block that begins with <c>[Compile</c> is a model; the blocks
/// behind it, up to the next model, belong to it: types, statements, which are one program together, and, where the comment
/// <c>&lt;!-- emitted: Fit --&gt;</c> stands before a block, lines of that file in their order, <c>…</c> for lines in between.
/// <c>&lt;!-- emitted: Fit, column 2 --&gt;</c> before a table says that the code in that column is emitted.
/// </summary>
public sealed partial class GuidesTests
{
    // The statements may use these without declaring them.
    private const string Data = """
            internal static readonly Tensor images = null!, labels = null!, testImages = null!, testLabels = null!;
            internal static readonly {0} model = null!;

        """;

    public static TheoryData<string> Pages => ["quick-start.md", "how-training-works.md", "from-keras.md", "from-pytorch.md", "recipes.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_a_guide_shows_compiles_and_is_emitted(string page)
    {
        var parts = Parts().Matches(Read(page)).ToList();
        var firstModel = parts.FindIndex(IsModel);
        Assert.Equal(0, firstModel);

        var shown = 0;
        while (parts.Count > 0)
        {
            var unit = parts.Skip(1).TakeWhile(part => !IsModel(part)).Prepend(parts[0]).ToList();
            shown += AssertUnit(unit, page);
            parts.RemoveRange(0, unit.Count);
        }

        Assert.True(shown > 0, $"{page} shows no emitted line.");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_guide_is_in_the_list_and_its_links_lead_somewhere(string page)
    {
        Assert.Contains($"]({page})", Read("README.md"));
        Assert.All(
            Links().Matches(Read(page)),
            link => Assert.True(Path.Exists(Path.Combine(Docs(), link.Groups[1].Value)), $"{page}: {link.Value}"));
    }

    // A model and what stands behind it; the number of blocks and tables that show emitted lines.
    private static int AssertUnit(List<Match> unit, string page)
    {
        var model = Code(unit[0]);
        var name = ModelName().Match(model).Groups[1].Value;
        var others = unit.Skip(1).Where(part => File(part).Length == 0).Select(Code).ToList();
        string[] declarations = [model, .. others.Where(IsType), Program(others.Where(code => !IsType(code)), name)];
        var run = GeneratorRun.Of([TestCompilation.ImplicitUsings, .. declarations.Select(code => Models.Usings + $"namespace Page;\n\n{code}")]);
        var diagnostics = run.Diagnostics();
        Assert.True(diagnostics.Count == 0, $"{page}, {name}:\n{string.Join('\n', diagnostics)}");

        var emitted = unit.Where(part => File(part).Length > 0).ToList();
        foreach (var part in emitted)
        {
            AssertShows(run.Files[$"Page.{name}.{File(part)}.g.cs"], part, page);
        }

        return emitted.Count;
    }

    private static string Program(IEnumerable<string> statements, string model) => $$"""
        internal static class Program
        {
        {{Data.Replace("{0}", model, StringComparison.Ordinal)}}
            internal static void Run()
            {
        {{string.Join("\n\n", statements)}}
            }
        }
        """;

    private static void AssertShows(string file, Match part, string page)
    {
        file = Unindented(file);
        var position = 0;
        foreach (var text in part.Groups["column"].Success ? Cells(part) : Code(part).Split("\n…\n"))
        {
            // A table may go its own way through the loop.
            var found = file.IndexOf(Unindented(text), part.Groups["column"].Success ? 0 : position, StringComparison.Ordinal);
            Assert.True(found >= 0, $"{page} shows, and the {File(part)} file has not after what came before:\n{text}");
            position = found;
        }
    }

    private static IEnumerable<string> Cells(Match part)
    {
        var column = int.Parse(part.Groups["column"].Value, CultureInfo.InvariantCulture);
        var rows = part.Groups["table"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2);
        var cells = rows.SelectMany(row => InlineCode().Matches(row.Split('|')[column])).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(cells);
        return cells;
    }

    private static bool IsModel(Match part) => Code(part).StartsWith("[Compile", StringComparison.Ordinal);

    private static bool IsType(string code) => code.StartsWith("internal sealed class", StringComparison.Ordinal);

    private static string Code(Match part) => part.Groups["code"].Value;

    private static string File(Match part) => part.Groups["file"].Value;

    // A page is narrower than a loop: where lines are broken does not matter.
    private static string Unindented(string text) => Spaces().Replace(text, " ").Replace("( ", "(", StringComparison.Ordinal).Trim();

    private static string Read(string page) => System.IO.File.ReadAllText(Path.Combine(Docs(), page)).ReplaceLineEndings("\n");

    private static string Docs([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../docs"));

    [GeneratedRegex("(?:<!-- emitted: (?<file>\\w+) -->\n)?```csharp\n(?<code>.*?)\n```|<!-- emitted: (?<file>\\w+), column (?<column>\\d) -->\n(?<table>(?:\\|[^\n]*\n)+)", RegexOptions.Singleline)]
    private static partial Regex Parts();

    [GeneratedRegex(@"partial class (\w+)")]
    private static partial Regex ModelName();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\]\((?!http|#)([^)#]+)")]
    private static partial Regex Links();

    [GeneratedRegex(@"(\s|//)+")]
    private static partial Regex Spaces();
}
