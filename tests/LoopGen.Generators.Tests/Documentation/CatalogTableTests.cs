using System.Globalization;
using System.Runtime.CompilerServices;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;
using Xunit;

namespace LoopGen.Generators.Tests.Documentation;

/// <summary>
/// The tables of <c>docs/losses.md</c>, <c>docs/metrics.md</c> and <c>docs/optimizers.md</c> say what the catalogue says.
/// Run the tests with <c>SNAPSHOT_ACCEPT=1</c> to write them anew.
/// </summary>
public sealed class CatalogTableTests
{
    private static readonly string Docs = Path.Combine(FindRoot(), "docs");

    [Fact]
    public void Losses() => AssertTable(
        "losses.md",
        ["`Loss`", "PyTorch", "Keras", "for", "output", "target", "arguments", "mean over"],
        from row in LossCatalog.Rows
        select new[]
        {
            Code(row.Name), Torch($"nn.{row.Factory}"), Keras(row.Keras), row.Purpose, row.Output, row.Target, Arguments(row), row.MeanOver,
        });

    [Fact]
    public void Optimizers() => AssertTable(
        "optimizers.md",
        ["`Optimizer`", "PyTorch", "TorchSharp", "Keras", "arguments"],
        from row in OptimizerCatalog.Rows
        select new[]
        {
            Code(row.Name), Torch($"optim.{row.Name}"), Code($"torch.optim.{row.Factory}"), Keras(row.Keras), Arguments(row),
        });

    [Fact]
    public void Metrics() => AssertTable(
        "metrics.md",
        ["`Metric`", "reported as", "Keras", "arguments", "under", "is"],
        from row in MetricCatalog.Rows
        from form in row.Forms.GroupBy(Construction)
        select new[]
        {
            Code(row.Name),
            Code(FigureName.FromMember(row.Name)),
            Keras(row.Keras),
            row.TakesK ? $"`K`: {MetricCatalog.DefaultK.ToString(CultureInfo.InvariantCulture)}, {MetricCatalog.RangeOfK}" : "none",
            string.Join(", ", form.Select(one => Code(one.Loss))),
            form.Key,
        });

    [Fact]
    public void A_figure_is_named_as_the_catalogue_says()
        => Assert.All(MetricCatalog.Rows, row => Assert.All(row.Forms, form => Assert.Equal(FigureName.FromMember(row.Name), form.Name)));

    private static string Arguments(LossRow row)
    {
        var all = row.Parameters.Concat(row.ConstructorParameters ?? []).Select(Argument).ToList();
        if (row.TakesIgnoreIndex)
        {
            all.Add("`IgnoreIndex` (`ignore_index`): -100");
        }

        if (row.TakesClassWeights)
        {
            all.Add($"`ClassWeights` (`weight`): none, each {NumberRange.Weight}");
            all.Add("`Divisor`: Targets");
        }

        return all.Count == 0 ? "none" : string.Join("; ", all);
    }

    private static string Arguments(OptimizerRow row)
        => string.Join("; ", row.Parameters.Prepend(row.LearningRate).Select(Argument).Concat(row.Flags.Select(flag => $"`{flag.Property}` (`{flag.TorchName}`): false")));

    private static string Argument(ParameterRow row) => $"`{row.Property}` (`{row.TorchName}`): {Literal.Plain(row.Default)}, {row.Range}";

    private static string Construction(MetricForm form)
    {
        List<string> arguments = ["device"];
        arguments.AddRange(form.TakesK ? ["k"] : []);
        arguments.AddRange(form.Threshold is { } threshold ? [$"threshold: {threshold}"] : []);
        arguments.AddRange(form.TakesIgnoreIndex && LossCatalog.Get(form.Loss).TakesIgnoreIndex ? ["ignoreIndex"] : []);
        return Code($"{form.TypeName}({string.Join(", ", arguments)})");
    }

    private static string Code(string text) => $"`{text}`";

    private static string Torch(string name) => $"[`torch.{name}`](https://pytorch.org/docs/stable/generated/torch.{name}.html)";

    private static string Keras(string? name) => name is null ? "none" : Code(name);

    private static void AssertTable(string file, string[] head, IEnumerable<string[]> rows)
    {
        string[] expected = [Line(head), Line([.. head.Select(_ => "---")]), .. rows.Select(Line)];
        var path = Path.Combine(Docs, file);
        var lines = File.ReadAllText(path).Split('\n');
        var first = Array.IndexOf(lines, expected[0]);
        Assert.True(first >= 0, $"{file} has no table that begins with {expected[0]}");
        var length = lines.Skip(first).TakeWhile(line => line.StartsWith('|')).Count();

        if (Environment.GetEnvironmentVariable("SNAPSHOT_ACCEPT") == "1")
        {
            File.WriteAllText(path, string.Join('\n', [.. lines[..first], .. expected, .. lines[(first + length)..]]));
            return;
        }

        Assert.Equal(expected, lines.Skip(first).Take(length));
    }

    private static string Line(string[] cells) => $"| {string.Join(" | ", cells)} |";

    private static string FindRoot([CallerFilePath] string file = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
