using System.Text.RegularExpressions;
using LoopGen.Generators.Tests.Infrastructure;
using LoopGen.Generators.Tests.Running;
using Xunit;
using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Documentation;

/// <summary>What the guide to customising shows compiles, runs, and is what is emitted.</summary>
internal static partial class CustomisingGuide
{
    public const string Path = "docs/customising.md";

    // What its statements use without declaring it: a model, its data, batches that come from anywhere.
    private const string Data = """
            internal static readonly Judge model = null!;
            internal static readonly Tensor images = null!, labels = null!;
            internal static readonly IEnumerable<(Tensor, Tensor)> stream = null!;

        """;

    public static void Check(MarkdownPage page)
    {
        CheckHook(page.Take("partial void OnLoss"));
        CheckStatements(page.Take("class Judge"), page.Take("class StopAtAccuracy"), page.Take("new StopAtAccuracy("), page.Take("in stream)"));
        CheckMethods(page.Take("class Judge"), page.Take("new Mean(device, name: \"confidence\")"));
        CheckType(page.Take("class LargestErrorMetric"), page.Take("class Forecast"), page.Take("new global::Weather.LargestErrorMetric("));
        page.AssertAllTaken();
    }

    private static void CheckHook(string hook)
    {
        var run = Compiled(Models.Minimal.Replace("public override", hook + "\n\n    public override", StringComparison.Ordinal));

        Assert.Contains("this.OnLoss(step, ref loss);", run.Files["Line.Fit.g.cs"]);
    }

    private static void CheckStatements(string model, string callback, params string[] statements)
        => Compiled(TestCompilation.ImplicitUsings, Models.Usings + model, "using LoopGen;\n" + callback, Models.Usings + $$"""
            internal static class Program
            {
            {{Data}}
                internal static void Run()
                {
            {{string.Join("\n\n", statements)}}
                }
            }
            """);

    private static void CheckMethods(string model, string lines)
    {
        var run = Compiled(Models.Usings + model);

        AssertEmitted(run.Files["Judge.Fit.g.cs"], lines);

        // An evaluation has one pass, and nothing to reset.
        AssertEmitted(run.Files["Judge.Evaluate.g.cs"], Reset().Replace(lines, string.Empty));
    }

    private static void CheckType(string metric, string declaration, string lines)
    {
        var run = Compiled(Models.Usings + $$"""
            namespace Weather;

            {{metric}}

            {{declaration}}
            {
                private readonly Linear linear = Linear(2, 1);

                public Forecast() : base(nameof(Forecast)) => RegisterComponents();

                public override Tensor forward(Tensor x) => linear.call(x);
            }
            """);

        AssertEmitted(run.Files["Weather.Forecast.Fit.g.cs"], lines);

        // It works, and over all batches of an epoch.
        manual_seed(1);
        var batches = SyntheticData.Batches("MSE");
        using var model = LoadedModel.Of(run, "Weather.Forecast");
        var figures = LoadedModel.Figures(model.Call("Fit", batches, 2, batches, CPU, 0.01)!);

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var errors = batches.Select(batch => (model.Module.call(batch.Item1) - batch.Item2).abs().max().item<float>());
        Assert.Equal(errors.Max(), figures[^1]["val_largest_error"]!.Value, 1e-6);
    }

    private static GeneratorRun Compiled(params string[] sources)
    {
        var run = GeneratorRun.Of(sources);
        Assert.Empty(run.Diagnostics().Select(diagnostic => diagnostic.ToString()));
        return run;
    }

    // Every line of the block in this order, whatever stands in between.
    private static void AssertEmitted(string file, string block)
        => Guide.AssertShows(file, string.Join('…', block.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)), Path);

    [GeneratedRegex(@"\w+\.Reset\(\);\n")]
    private static partial Regex Reset();
}
