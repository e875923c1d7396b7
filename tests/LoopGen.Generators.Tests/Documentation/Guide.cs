using System.Globalization;
using System.Text.RegularExpressions;
using LoopGen.Generators.Tests.Infrastructure;
using Xunit;

namespace LoopGen.Generators.Tests.Documentation;

/// <summary>
/// Checks a page that shows models and what belongs to them. A block that begins with <c>[Compile</c> is a model; the blocks
/// behind it, up to the next model, belong to it: types, statements, which are one program together, and, where the comment
/// <c>&lt;!-- emitted: Fit --&gt;</c> stands before a block, lines of that file in their order, <c>…</c> for lines in between.
/// <c>&lt;!-- emitted: Fit, column 2 --&gt;</c> before a table says that the code in that column is emitted. A block of
/// <c>using</c> directives stands above all of a page's code; the others go with those of the quick start. A page without a
/// model is about any.
/// </summary>
internal static partial class Guide
{
    // The statements may use these without declaring them, and no others.
    private const string Data = """
            internal static readonly Tensor images = null!, labels = null!, testImages = null!, testLabels = null!;
            internal static readonly {0} model = null!;

        """;

    private const string WithUsings = "docs/quick-start.md";

    private const string AnyModel = """
        [Compile(Loss = Loss.CrossEntropy)]
        [Metric(Metric.Accuracy)]
        internal sealed partial class AnyModel : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(784, 10);

            public AnyModel() : base(nameof(AnyModel)) => RegisterComponents();

            public override Tensor forward(Tensor image) => linear.call(image);
        }
        """;

    public static void Check(MarkdownPage page)
    {
        var parts = page.Blocks.Where(block => block.Language is "csharp" or MarkdownBlock.Table && !IsUsings(block)).ToList();
        var hasModels = parts.Exists(IsModel);
        var header = (page.Code.FirstOrDefault(IsUsings) ?? MarkdownPage.Read(WithUsings).Code.First(IsUsings)).Text;
        if (!hasModels)
        {
            parts.Insert(0, new MarkdownBlock(string.Empty, "csharp", AnyModel));
        }

        Assert.True(IsModel(parts[0]), $"{page.Path} begins with something else than a model.");
        var shown = 0;
        while (parts.Count > 0)
        {
            var unit = parts.Skip(1).TakeWhile(part => !IsModel(part)).Prepend(parts[0]).ToList();
            shown += CheckUnit(unit, header, page.Path);
            parts.RemoveRange(0, unit.Count);
        }

        Assert.True(!hasModels || shown > 0, $"{page.Path} shows no emitted line.");
    }

    /// <summary>The lines stand in a file in that order, however both are indented and broken into lines.</summary>
    public static void AssertShows(string file, string code, string page)
    {
        file = Unindented(file);
        var position = 0;
        foreach (var lines in code.Split('…'))
        {
            var shown = Unindented(lines);
            position = file.IndexOf(shown, position, StringComparison.Ordinal);
            Assert.True(position >= 0, $"{page} shows, and the file has not after what came before:\n{lines}");
            position += shown.Length;
        }
    }

    // A model and what stands behind it; the number of blocks and tables that show emitted lines.
    private static int CheckUnit(List<MarkdownBlock> unit, string header, string page)
    {
        var name = ModelName().Match(unit[0].Text).Groups[1].Value;
        var written = unit.Where(part => EmittedFile(part).Length == 0).ToList();
        Assert.All(written, part => Assert.Equal("csharp", part.Language));

        string[] files =
        [
            .. written.Where(part => IsModel(part) || IsType(part)).Select(part => Source(header, part.Text)),
            Source(header, Program(written.Where(part => !IsModel(part) && !IsType(part)).Select(part => part.Text), name)),
        ];
        var run = GeneratorRun.Of([TestCompilation.ImplicitUsings, .. files]);
        var diagnostics = run.Diagnostics();
        Assert.True(diagnostics.Count == 0, $"{page}, {name}:\n{string.Join('\n', diagnostics)}");

        var emitted = unit.Except(written).ToList();
        foreach (var part in emitted)
        {
            // A table may go its own way through the loop.
            var file = run.Files[$"Page.{name}.{EmittedFile(part)}.g.cs"];
            Assert.All(part.Language == MarkdownBlock.Table ? Cells(part) : [part.Text], code => AssertShows(file, code, page));
        }

        return emitted.Count;
    }

    // Directives above a block go to the top of the file.
    private static string Source(string header, string code)
    {
        var directives = header.Split('\n').Concat(Directive().Matches(code).Select(match => match.Value.TrimEnd())).Where(line => line.Length > 0).Distinct();
        return $"{string.Join('\n', directives)}\nnamespace Page;\n\n{Directive().Replace(code, string.Empty)}";
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

    private static List<string> Cells(MarkdownBlock table)
    {
        var column = int.Parse(Emitted().Match(table.Mark).Groups["column"].Value, CultureInfo.InvariantCulture);
        var rows = table.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2);
        var cells = rows.SelectMany(row => InlineCode().Matches(row.Split('|')[column])).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(cells);
        return cells;
    }

    private static bool IsUsings(MarkdownBlock block) => Directive().Replace(block.Text, string.Empty).Trim().Length == 0;

    private static bool IsModel(MarkdownBlock block) => block.Text.StartsWith("[Compile", StringComparison.Ordinal);

    private static bool IsType(MarkdownBlock block) => block.Text.StartsWith("internal sealed class", StringComparison.Ordinal);

    private static string EmittedFile(MarkdownBlock block) => Emitted().Match(block.Mark).Groups["file"].Value;

    private static string Unindented(string text) => Spaces().Replace(text, " ").Replace("( ", "(", StringComparison.Ordinal).Trim();

    [GeneratedRegex(@"^emitted: (?<file>\w+)(?:, column (?<column>\d))?$")]
    private static partial Regex Emitted();

    [GeneratedRegex("^using (static )?[A-Za-z.]+;\n?", RegexOptions.Multiline)]
    private static partial Regex Directive();

    [GeneratedRegex(@"partial class (\w+)")]
    private static partial Regex ModelName();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"(\s|//)+")]
    private static partial Regex Spaces();
}
