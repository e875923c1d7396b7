using System.Collections;
using System.Reflection;
using LoopGen.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Xunit;

namespace LoopGen.Generators.Tests.Specs;

/// <summary>Layer 1: a spec is equal exactly when the emitted files are, and holds nothing of the compiler.</summary>
public sealed class SpecEqualityTests
{
    public static TheoryData<string> ModelNames => [.. Models.All.Keys];

    public static TheoryData<string, string> Changes => new()
    {
        { "LearningRate = 1e-3", "LearningRate = 2e-3" },
        { "WeightDecay = 0.01", "WeightDecay = 0.02" },
        { "WeightDecay = 0.01", "WeightDecay = 0.01, Beta1 = 0.8" },
        { "WeightDecay = 0.01", "WeightDecay = 0.01, Beta2 = 0.8" },
        { "WeightDecay = 0.01", "WeightDecay = 0.01, Epsilon = 1e-7" },
        { "WeightDecay = 0.01", "WeightDecay = 0.01, AmsGrad = true" },
        { "WeightDecay = 0.01", "WeightDecay = 0.01, Maximize = true" },
        { "WeightDecay = 0.01", "WeightDecay = 0.01, IgnoreIndex = -100" },
        { "WeightDecay = 0.01", "WeightDecay = 0.01, LabelSmoothing = 0.1" },
        { "WeightDecay = 0.01", "WeightDecay = 0.01, LabelSmoothing = 0" },
        { "WeightDecay = 0.01", "WeightDecay = 0.01, ClassWeights = new[] { 1.0, 2 }" },
        { "WeightDecay = 0.01", "WeightDecay = 0.01, ClassWeights = new[] { 1.0, 2, 3 }, Divisor = LossDivisor.Weights" },
        { "Optimizer.AdamW", "Optimizer.Adam" },
        { "Optimizer.AdamW", "Optimizer.SGD" },
        { "Loss.CrossEntropy", "Loss.BCEWithLogits" },
        { "Loss.CrossEntropy", "Loss.MSE" },
        { "Loss.CrossEntropy", "Loss.Huber" },
        { "Loss.CrossEntropy", "Loss.Huber, Delta = 2" },
        { "Loss.CrossEntropy", "Loss.NLL" },
        { "Optimizer.AdamW", "Optimizer.RMSprop" },
        { "Optimizer.AdamW", "Optimizer.RMSprop, Centered = true" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.TopKAccuracy)]" },
        { "[Metric(Metric.Accuracy)]", "" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.Accuracy, Name = \"Hits\")]" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.MeanSquaredError)]" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.Accuracy)] [Metric(Metric.MeanAbsoluteError)]" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.Accuracy)] [Schedule(Schedule.Cosine)]" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.Accuracy)] [Schedule(Schedule.Plateau, Monitor = \"accuracy\")]" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.Accuracy)] [ClipGradients(Norm = 1)]" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.Accuracy)] [ClipGradients(Value = 1)]" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.Accuracy)] [Accumulate(Steps = 3)]" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.Accuracy)] [GradientNoise(Variance = 0.3)]" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.Accuracy)] [GradientNoise(Decay = 1)]" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.Accuracy)] [Ema]" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.Accuracy)] [EarlyStopping]" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.Accuracy)] [Checkpoint(\"a\")]" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.Accuracy)] [Swa(StartEpoch = 3)]" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.Accuracy)] [SampleWeights]" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.Accuracy)] [StopOnNaN]" },
        { "[Metric(Metric.Accuracy)]", "[Metric(Metric.Accuracy)] [DetectAnomaly]" },
        { "public override Tensor forward", "[Schedule] double Rate(long step) => 1; public override Tensor forward" },
        { "WeightDecay = 0.01", "WeightDecay = 0.01, DecayExclude = true" },
        { "private readonly Module", "[Frozen] private readonly Module" },
        { "private readonly Module", "[LearningRate(0.5)] private readonly Module" },
        { "forward(Tensor image) => layers.call(image)", "forward(Tensor picture) => layers.call(picture)" },
        { "namespace DigitSample", "namespace OtherSample" },
        { "public override Tensor forward", "partial void OnStep(long step) { } public override Tensor forward" },
        { "public override Tensor forward", "public Scores Evaluate(Tensor image) => null!; public override Tensor forward" },
        { "public override Tensor forward", "public int Mean => 1; public override Tensor forward" },
        { "public override Tensor forward", "[Metric] Tensor Hits(Tensor output, Tensor target) => output; public override Tensor forward" },
    };

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void The_same_source_gives_equal_specs(string name)
    {
        var first = SpecOf.All(GeneratorRun.Of(Models.All[name]));
        var second = SpecOf.All(GeneratorRun.Of(Models.All[name]));

        Assert.NotEmpty(first);
        Assert.Equal(first, second);
        Assert.Equal(first.Select(spec => spec.GetHashCode()), second.Select(spec => spec.GetHashCode()));
    }

    [Theory]
    [InlineData("layers.call(image);", "layers.call(image.neg());")]
    [InlineData("[Metric(Metric.Accuracy)]", "// A comment.\n[Metric(Metric.Accuracy)]")]
    [InlineData("Linear(784, 128)", "Linear(784, 64)")]
    [InlineData("LearningRate = 1e-3", "LearningRate = 0.001")]
    [InlineData("LearningRate = 1e-3", "LearningRate = 1e-3, Delta = 2")]
    [InlineData("LearningRate = 1e-3", "LearningRate = 1e-3, Divisor = LossDivisor.Weights")]
    [InlineData("LearningRate = 1e-3", "LearningRate = 1e-3, ClassWeights = new double[0]")]
    [InlineData("Metric.Accuracy)", "Metric.Accuracy, K = 3)")]
    public void An_edit_that_leaves_the_loop_alone_leaves_the_spec_equal(string before, string after)
        => Assert.Equal(SpecOf.Single(Models.DigitClassifier), SpecOf.Single(Edit(before, after)));

    [Theory]
    [MemberData(nameof(Changes))]
    public void Each_thing_that_changes_the_loop_changes_the_spec(string before, string after)
    {
        Assert.NotEqual(SpecOf.Single(Models.DigitClassifier), SpecOf.Single(Edit(before, after)));
        Assert.NotEqual(GeneratorRun.Of(Models.DigitClassifier).Files, GeneratorRun.Of(Edit(before, after)).Files);
    }

    [Theory]
    [InlineData("", "Divisor = LossDivisor.Weights, ")]
    [InlineData("", "LabelSmoothing = 0.5, ")]
    [InlineData("1, 2.5", "1, 2.25")]
    [InlineData("1, 2.5", "1, 2.5, 0")]
    [InlineData("1, 2.5", "2.5, 1")]
    public void Each_thing_about_the_weights_changes_the_spec(string before, string after)
    {
        var weights = Edit("WeightDecay = 0.01", "ClassWeights = new[] { 1, 2.5, 0.25 }");
        var changed = before.Length == 0
            ? weights.Replace("ClassWeights", after + "ClassWeights", StringComparison.Ordinal)
            : weights.Replace(before, after, StringComparison.Ordinal);

        Assert.NotEqual(weights, changed);
        Assert.NotEqual(SpecOf.Single(weights), SpecOf.Single(changed));
        Assert.NotEqual(GeneratorRun.Of(weights).Files, GeneratorRun.Of(changed).Files);
    }

    [Fact]
    public void A_divisor_changes_the_spec_where_samples_have_weights()
    {
        var weighted = Edit("[Metric(Metric.Accuracy)]", "[SampleWeights]");
        var divided = weighted.Replace("WeightDecay = 0.01", "WeightDecay = 0.01, Divisor = LossDivisor.Weights", StringComparison.Ordinal);

        Assert.NotEqual(SpecOf.Single(weighted), SpecOf.Single(divided));
        Assert.Equal(SpecOf.Single(weighted), SpecOf.Single(divided.Replace("Divisor.Weights", "Divisor.Targets", StringComparison.Ordinal)));
        Assert.Equal(SpecOf.Single(weighted), SpecOf.Single(weighted.Replace("[SampleWeights]", "[SampleWeightsAttribute()]", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Patience = 4")]
    [InlineData("MinDelta = 0.1")]
    [InlineData("Monitor = \"loss\"")]
    [InlineData("WarmupEpochs = 1")]
    [InlineData("RestoreBest = true")]
    [InlineData("Baseline = 0")]
    [InlineData("StoppingThreshold = 0")]
    [InlineData("DivergenceThreshold = 0")]
    public void Each_thing_about_stopping_changes_the_spec(string argument)
    {
        var stopping = Edit("[Metric(Metric.Accuracy)]", "[EarlyStopping]");
        var changed = Edit("[Metric(Metric.Accuracy)]", $"[EarlyStopping({argument})]");

        Assert.NotEqual(SpecOf.Single(stopping), SpecOf.Single(changed));
        Assert.NotEqual(GeneratorRun.Of(stopping).Files, GeneratorRun.Of(changed).Files);
        Assert.Equal(SpecOf.Single(stopping), SpecOf.Single(stopping.Replace("[EarlyStopping]", "[EarlyStopping(Patience = 3, Monitor = \"val_loss\")]", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("KeepLast = 3")]
    [InlineData("EveryEpochs = 2")]
    [InlineData("EverySteps = 1")]
    [InlineData("EveryMinutes = 0.5")]
    [InlineData("Monitor = \"loss\"")]
    [InlineData("Monitor = \"val_loss\"")]
    [InlineData("Monitor = \"loss\", KeepBest = 2")]
    [InlineData("Monitor = \"loss\", FileName = \"{epoch}\"")]
    [InlineData("SaveOnException = true")]
    public void Each_thing_about_saving_changes_the_spec(string argument)
    {
        var saving = Edit("[Metric(Metric.Accuracy)]", "[Checkpoint(\"a\")]");
        var changed = Edit("[Metric(Metric.Accuracy)]", $"[Checkpoint(\"a\", {argument})]");

        Assert.NotEqual(SpecOf.Single(saving), SpecOf.Single(changed));
        Assert.NotEqual(GeneratorRun.Of(saving).Files, GeneratorRun.Of(changed).Files);
        Assert.NotEqual(SpecOf.Single(saving), SpecOf.Single(Edit("[Metric(Metric.Accuracy)]", "[Checkpoint(\"b\")]")));
        Assert.Equal(SpecOf.Single(saving), SpecOf.Single(Edit("[Metric(Metric.Accuracy)]", "[Checkpoint(\"a\", KeepLast = 2, EveryEpochs = 1)]")));
    }

    [Theory]
    [InlineData("1, 2.5", "1.0, 2.5")]
    [InlineData("0.25", "1 / 4.0")]
    [InlineData("0.25 }", "0.25 }, Divisor = LossDivisor.Targets")]
    [InlineData("new[]", "new double[]")]
    public void Weights_written_otherwise_leave_the_spec_equal(string before, string after)
    {
        var weights = Edit("WeightDecay = 0.01", "ClassWeights = new[] { 1, 2.5, 0.25 }");

        Assert.Contains(before, weights);
        Assert.Equal(SpecOf.Single(weights), SpecOf.Single(weights.Replace(before, after, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void No_spec_holds_anything_of_the_compiler(string name)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var spec in SpecOf.All(GeneratorRun.Of(Models.All[name])))
        {
            Walk(spec, seen);
        }

        Assert.True(seen.Count > 10);
    }

    private static string Edit(string before, string after)
    {
        Assert.Contains(before, Models.DigitClassifier);
        return Models.DigitClassifier.Replace(before, after, StringComparison.Ordinal);
    }

    private static void Walk(object? node, HashSet<object> seen)
    {
        if (node is null || !seen.Add(node))
        {
            return;
        }

        Assert.False(
            node is ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or Location or Compilation or SemanticModel or AttributeData,
            node.GetType().FullName);

        if (node is string || node.GetType().IsPrimitive || node.GetType().IsEnum)
        {
            return;
        }

        if (node is IEnumerable items)
        {
            foreach (var item in items)
            {
                Walk(item, seen);
            }

            return;
        }

        Assert.Matches(@"^LoopGen\.Generators\.(Model|Features)\b", node.GetType().Namespace!);
        foreach (var field in node.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Walk(field.GetValue(node), seen);
        }
    }
}
