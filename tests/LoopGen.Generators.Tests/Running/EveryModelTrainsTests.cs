using LoopGen.Generators.Tests.Infrastructure;
using Xunit;
using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Running;

/// <summary>Layer 4: every curated model trains, evaluates and predicts, and leaves no tensor behind.</summary>
[Collection<TorchTests>]
public sealed class EveryModelTrainsTests
{
    public static TheoryData<string, string, string> Trainable => new()
    {
        { Models.Minimal, "Line", "MSE" },
        { Models.BinaryClassifier, "Samples.Binary.SpamFilter", "BCEWithLogits" },
        { Models.Regressor, "Samples.Regression.HousePrices", "MSE" },
        { Models.IgnoredTargets, "Samples.Text.Tagger", "CrossEntropy" },
        { Models.NestedGeneric, "Samples.Nested.Outer`1+Middle+Inner`1", "MSE" },
        { Models.HostileNames, "MyApp.System.Hostile", "CrossEntropy" },
        { Models.Keywords, "Samples.event.class", "MSE" },
        { Models.TargetInput, "Samples.Names.Echo", "MSE" },
        { Models.Hooked, "Samples.Hooks.Watched", "MSE" },
        { Models.CompiledBase, "Samples.Bases.Base", "MSE" },
        { Models.CompiledBase, "Samples.Bases.Derived", "MSE" },
        { Models.CustomMetrics, "Samples.Custom.Judged", "CrossEntropy" },
        { Models.RobustRegressor, "Samples.Robust.Demand", "Huber" },
        { Models.LogProbabilities, "Samples.Topics.TopicModel", "NLL" },
        { Models.Probabilities, "Samples.Churn.ChurnModel", "BCE" },
        { Models.Scheduled, "Samples.Blocks.Tides", "MSE" },
        { Models.Plateau, "Samples.Blocks.Patient", "CrossEntropy" },
        { Models.EarlyStopping, "Samples.Blocks.Watchful", "CrossEntropy" },
        { Models.StopOnNaN, "Samples.Blocks.Careful", "MSE" },
        { Models.DetectAnomaly, "Samples.Blocks.Searched", "CrossEntropy" },
        { Models.OwnSchedule, "Samples.Blocks.Inverse", "MSE" },
        { Models.Windows, "Samples.Blocks.Patchwork", "MSE" },
        { Models.GradientNoise, "Samples.Blocks.Noisy", "CrossEntropy" },
        { Models.AllBlocks, "Samples.Blocks.Everything", "CrossEntropy" },
        { Models.EpochAverage, "Samples.Blocks.Averaged", "MSE" },
        { Models.Groups, "Samples.Blocks.Transfer", "MSE" },
        { Models.FrozenField, "Samples.Blocks.HeadOnly", "MSE" },
        { Models.ClassWeights, "Samples.Weighted.RareEvents", "CrossEntropy" },
        { Models.DividedByWeights, "Samples.Weighted.Segments", "CrossEntropy" },
        { Models.SampleWeights, "Samples.Weighted.Survey", "CrossEntropy" },
        { Models.DividedBySampleWeights, "Samples.Weighted.Meter", "MSE" },
        { Models.WeightedWindows, "Samples.Weighted.Words", "CrossEntropy" },
        { Saved(Models.Checkpointed, "\"checkpoints\""), "Samples.Saved.Digits", "CrossEntropy" },
        { Saved(Models.SavedOften, "\"runs/\\\"a\\\" & <b>\""), "Samples.Saved.Signals", "CrossEntropy" },
    };

    [Theory]
    [MemberData(nameof(Trainable))]
    public void Trains_evaluates_and_predicts_without_leaving_a_tensor(string source, string type, string loss)
    {
        var inputs = SyntheticData.Batches(loss).Select(batch => batch.Item1).ToArray();
        object batches = source.Contains("[SampleWeights]", StringComparison.Ordinal) ? SyntheticData.Weighted(loss) : SyntheticData.Batches(loss);
        using var model = Load(source, type);

        // Handles of parameters are made when they are first asked for.
        _ = model.Weights();

        // What other tests left to the finalizer must not be counted here; what this one leaves must.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;

        var figures = LoadedModel.Figures(model.Call("Fit", batches, 20, batches, CPU, 0.05)!);
        model.Call("Evaluate", batches, CPU);
        using (NewDisposeScope())
        {
            var predicted = (Tensor)model.Call("Predict", inputs, CPU)!;
            Assert.Equal(inputs.Sum(input => input.shape[0]), predicted.shape[0]);
        }

        // Two of them have a rule for stopping.
        Assert.InRange(figures.Count, source.Contains("[EarlyStopping", StringComparison.Ordinal) ? 2 : 20, 20);
        Assert.All(figures.SelectMany(epoch => epoch.Values), value => Assert.True(double.IsFinite(value!.Value)));
        Assert.True(figures[^1]["val_loss"] < figures[0]["val_loss"], $"{figures[0]["val_loss"]} to {figures[^1]["val_loss"]}");
        Assert.False(model.Module.training);

        model.Module.zero_grad();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Ignored_targets_count_in_no_average()
    {
        var (input, target) = SyntheticData.Batches("CrossEntropy")[0];
        var padded = cat([target[..5], full(3, -1L, dtype: ScalarType.Int64)]);
        using var model = Load(Models.IgnoredTargets, "Samples.Text.Tagger");

        var all = model.Call("Evaluate", new[] { (input, padded), (input[..2], target[..2]) }, CPU)!;
        var kept = model.Call("Evaluate", new[] { (input[..5], target[..5]), (input[..2], target[..2]) }, CPU)!;

        // One mean over 5 and one over 2 targets, whatever else was in the batch.
        Assert.Equal(Figure(kept, "Loss"), Figure(all, "Loss"), 1e-6);
        Assert.Equal(Figure(kept, "Accuracy"), Figure(all, "Accuracy"), 1e-12);
    }

    [Fact]
    public void Metrics_of_ones_own_are_means_over_samples()
    {
        var batches = SyntheticData.Batches("CrossEntropy");
        using var model = Load(Models.CustomMetrics, "Samples.Custom.Judged");

        var scores = model.Call("Evaluate", batches, CPU)!;

        // The same over all samples at once, whatever the batches.
        using var noGrad = no_grad();
        var output = model.Module.call(cat(batches.Select(batch => batch.Item1).ToArray()));
        var target = cat(batches.Select(batch => batch.Item2).ToArray());
        Assert.Equal(output.argmax(1).eq(target).to(ScalarType.Float64).mean().item<double>(), Figure(scores, "Hits"), 1e-9);
        Assert.Equal(Figure(scores, "Accuracy"), Figure(scores, "Hits"), 1e-9);
        Assert.Equal(output.mean().item<float>(), Figure(scores, "MeanLogit"), 1e-6);
        Assert.Equal(output.amax([1L]).mean().item<float>(), Figure(scores, "Margin"), 1e-6);
        Assert.Equal(output.min(1).values.mean().item<float>(), Figure(scores, "Lowest"), 1e-6);
    }

    [Fact]
    public void A_metric_method_of_another_shape_says_what_it_must_return()
    {
        var source = Models.CustomMetrics.Replace("=> output.mean()", "=> output", StringComparison.Ordinal);
        using var model = Load(source, "Samples.Custom.Judged");

        var exception = Assert.Throws<ArgumentException>(() => model.Call("Evaluate", SyntheticData.Batches("CrossEntropy"), CPU));

        Assert.Contains("average(output.detach(), target) must be a scalar, the mean of the batch, or a vector of one value", exception.Message);
    }

    [Fact]
    public void Hooks_are_called_in_the_order_of_the_loop()
    {
        var batches = SyntheticData.Batches("MSE").Take(2).ToArray();
        using var model = Load(Models.Hooked, "Samples.Hooks.Watched");

        model.Call("Fit", batches, 1, batches, CPU);

        Assert.Equal(
            [
                "train begin", "epoch 1 begin",
                "batch 0", "loss 0", "gradients 0", "step 0",
                "batch 1", "loss 1", "gradients 1", "step 1",
                "epoch 1 end", "train end after 1",
            ],
            (IEnumerable<string>)model.Module.GetType().GetProperty("Calls")!.GetValue(model.Module)!);
    }

    [Fact]
    public void The_other_overloads_call_a_Fit_that_the_class_declares()
    {
        var (input, target) = SyntheticData.Batches("MSE")[0];
        using var model = Load(Models.OwnedFit, "Samples.Owned.Owner");

        var figures = LoadedModel.Figures(model.Call("Fit", input, target, 7)!);

        // The class's own Fit has no device, seed or callbacks; it got what it has.
        Assert.Equal(7, model.Module.GetType().GetProperty("Fits")!.GetValue(model.Module));
        Assert.Equal(0.001, figures.Single()["loss"]);
    }

    // Elsewhere than among the tests themselves.
    private static string Saved(string source, string folder)
        => source.Contains(folder, StringComparison.Ordinal)
            ? source.Replace(folder, $"@\"{ScratchFolder.New()}\"", StringComparison.Ordinal)
            : throw new ArgumentException($"The model does not save into {folder}.", nameof(folder));

    private static double Figure(object scores, string name) => (double)scores.GetType().GetProperty(name)!.GetValue(scores)!;

    private static LoadedModel Load(string source, string type)
    {
        manual_seed(1);
        return type.Contains('`', StringComparison.Ordinal) ? LoadedModel.Of(source, type, typeof(int), typeof(string)) : LoadedModel.Of(source, type);
    }
}
