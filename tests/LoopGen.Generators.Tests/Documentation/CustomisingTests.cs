using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LoopGen.Generators.Tests.Infrastructure;
using LoopGen.Generators.Tests.Running;
using Xunit;
using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Documentation;

/// <summary>What the guide to customising shows compiles, runs, and is what is emitted.</summary>
public sealed class CustomisingTests
{
    private static readonly string[] Blocks =
    [
        .. Regex.Matches(File.ReadAllText(Page()).ReplaceLineEndings("\n"), "```csharp\n(.*?)\n```", RegexOptions.Singleline).Select(match => match.Groups[1].Value),
    ];

    [Fact]
    public void The_hook_compiles()
    {
        var run = GeneratorRun.Of(Models.Minimal.Replace("public override", Find("partial void OnLoss") + "\n\n    public override", StringComparison.Ordinal));

        Assert.Empty(run.Diagnostics().Select(diagnostic => diagnostic.ToString()));
        Assert.Contains("this.OnLoss(step, ref loss);", run.Files["Line.Fit.g.cs"]);
    }

    [Fact]
    public void The_callback_compiles()
    {
        var run = GeneratorRun.Of(TestCompilation.ImplicitUsings, Models.Minimal, "using LoopGen;\n" + Find("class StopAtAccuracy"));

        Assert.Empty(run.Diagnostics().Select(diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public void The_methods_become_these_lines()
    {
        var run = GeneratorRun.Of(Models.Usings + Find("class Judge"));

        Assert.Empty(run.Diagnostics().Select(diagnostic => diagnostic.ToString()));
        AssertEmitted(run.Files["Judge.Fit.g.cs"], Find("new Mean(device, name: \"confidence\")"));

        // An evaluation has one pass, and nothing to reset.
        AssertEmitted(run.Files["Judge.Evaluate.g.cs"], Regex.Replace(Find("new Mean(device, name: \"confidence\")"), @"\w+\.Reset\(\);\n", string.Empty));
    }

    [Fact]
    public void The_type_becomes_these_lines()
    {
        var run = GeneratorRun.Of(Models.Usings + $$"""
            namespace Weather;

            {{Find("class LargestErrorMetric")}}

            {{Find("class Forecast")}}
            {
                private readonly Linear linear = Linear(2, 1);

                public Forecast() : base(nameof(Forecast)) => RegisterComponents();

                public override Tensor forward(Tensor x) => linear.call(x);
            }
            """);

        Assert.Empty(run.Diagnostics().Select(diagnostic => diagnostic.ToString()));
        AssertEmitted(run.Files["Weather.Forecast.Fit.g.cs"], Find("new global::Weather.LargestErrorMetric("));

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

    // Every line of the block, in this order.
    private static void AssertEmitted(string file, string block)
    {
        var lines = file.Split('\n').Select(line => line.Trim()).ToList();
        var from = 0;
        foreach (var line in block.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = lines.IndexOf(line, from);
            Assert.True(at >= 0, $"not emitted, or earlier: {line}");
            from = at + 1;
        }
    }

    private static string Find(string text) => Assert.Single(Blocks, block => block.Contains(text, StringComparison.Ordinal));

    private static string Page([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../docs/customising.md"));
}
