using LoopGen.Generators.Tests.Infrastructure;
using LoopGen.Tests;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Running;

/// <summary>
/// Layer 4: trainings that go wrong end with an error that names the epoch, the batch and the first value, and leave
/// everything else as an exception leaves it.
/// </summary>
[Collection<TorchTests>]
public sealed class NonFiniteTests
{
    [Theory]
    [InlineData("[StopOnNaN]")]
    [InlineData("[DetectAnomaly]")]
    [InlineData("[StopOnNaN] [DetectAnomaly] [Accumulate(Steps = 3)]")]
    [InlineData("[StopOnNaN] [SampleWeights] [ClipGradients(Norm = 1)] [Ema]")]
    public void A_NaN_in_the_data_is_found_in_its_batch(string attributes)
    {
        var isWeighted = attributes.Contains("SampleWeights", StringComparison.Ordinal);
        object batches = isWeighted ? Poisoned(SyntheticData.Weighted("MSE")).ToArray() : Poisoned(SyntheticData.Batches("MSE")).ToArray();
        using var model = Load(attributes);

        var exception = Fails(model, batches, epochs: 3, seed: 9);

        // The windows of three batches make one update an epoch.
        var step = attributes.Contains("Accumulate", StringComparison.Ordinal) ? 0 : 1;
        Assert.Equal(("features", 1, 2, step, 9), (exception.Name, exception.Epoch, exception.Batch, exception.Step, exception.Seed));
        Assert.StartsWith($"features held NaN at epoch 1, batch 2 (step {step}, seed 9)", exception.Message);
    }

    [Theory]
    [InlineData("[StopOnNaN]", "loss")]
    [InlineData("[DetectAnomaly]", "layers.0")]
    public void An_exploding_learning_rate_is_found_in_its_epoch(string attributes, string name)
    {
        using var model = Load($"{attributes} [EarlyStopping(Monitor = \"loss\", RestoreBest = true)]");

        var exception = Fails(model, SyntheticData.Batches("MSE"), epochs: 300, rate: 1e12, seed: 2);

        Assert.Equal(name, exception.Name);
        Assert.Equal((1, exception.Batch - 1), (exception.Epoch, exception.Step));
    }

    [Fact]
    public void A_weight_that_a_hook_has_broken_is_named()
    {
        using var model = Load("[StopOnNaN]", """
            partial void OnStep(long step)
            {
                if (step == 5)
                {
                    using var noGrad = no_grad();
                    this.get_parameter("layers.2.weight")!.fill_(float.NaN);
                }
            }
            """);

        // Step 5 is the last of its epoch: no later step shows it.
        var exception = Fails(model, SyntheticData.Batches("MSE"), epochs: 4);

        Assert.Equal(("layers.2.weight", 2, 3, 5), (exception.Name, exception.Epoch, exception.Batch, exception.Step));
        Assert.Contains("6 of 6 values are NaN", exception.Message);
    }

    [Fact]
    public void What_forward_makes_is_told_from_the_data()
    {
        using var model = Load("[StopOnNaN]", body: "layers.call(features.log())");

        var exception = Fails(model, SyntheticData.Batches("MSE"));

        Assert.Equal(("output", 1, 1, 0), (exception.Name, exception.Epoch, exception.Batch, exception.Step));
        Assert.Contains("No update was made since; the weights are finite, as they were before.", exception.Message);
    }

    [Theory]
    [InlineData("[StopOnNaN]", "layers.2.bias", "The gradient of layers.2.bias held NaN")]
    [InlineData("[DetectAnomaly]", "SqrtBackward0", "The backward pass made NaN in SqrtBackward0")]
    public void A_gradient_that_is_none_is_found_while_the_weights_are_whole(string attributes, string name, string start)
    {
        // The root of 0 is 0, its slope times 0 is not.
        using var model = Load(attributes, body: "layers.call(features).mul(0).sqrt().mul(0)");
        var before = model.Weights();

        NonFiniteException exception = null!;
        NativeErrors.During(() => exception = Fails(model, SyntheticData.Batches("MSE"), seed: 1));

        Assert.Equal((name, 0), (exception.Name, exception.Step));
        Assert.StartsWith($"{start} at epoch 1, batch 1 (step 0, seed 1)", exception.Message);
        Assert.Equal(before, model.Weights());
        Assert.False(AnomalyMode.IsEnabled);
    }

    [Fact]
    public void A_batch_without_targets_is_no_mistake()
    {
        const string Source = Models.Usings + """
            namespace Samples;

            [Compile(Loss = Loss.CrossEntropy, IgnoreIndex = -1)]
            [StopOnNaN]
            public partial class Broken : Module<Tensor, Tensor>
            {
                private readonly Module<Tensor, Tensor> layers = Linear(2, 3);

                public Broken() : base(nameof(Broken)) => RegisterComponents();

                public override Tensor forward(Tensor features) => layers.call(features);
            }
            """;
        var batches = SyntheticData.Batches("CrossEntropy").ToArray();
        batches[1].Item2 = full_like(batches[1].Item2, -1L);
        using var model = LoadedModel.Of(Source, "Samples.Broken");

        var figures = LoadedModel.Figures(model.Call("Fit", batches, 2, null, CPU)!);

        Assert.All(figures, epoch => Assert.True(double.IsFinite(epoch["loss"]!.Value)));
    }

    [Fact]
    public void An_epoch_that_went_wrong_is_never_the_best()
    {
        using var model = Load("[StopOnNaN] [EarlyStopping(RestoreBest = true)]", """
            public int Reported { get; private set; }

            partial void OnGradients(long step)
            {
                if (step == 7)
                {
                    this.get_parameter("layers.0.weight")!.grad!.fill_(float.NaN);
                }
            }

            partial void OnEpochEnd(EpochLog log) => Reported = log.Epoch;
            """);
        var batches = SyntheticData.Batches("MSE");

        var exception = Assert.Throws<NonFiniteException>(() => model.Call("Fit", batches, 9, batches, CPU, 0.01));

        // What a hook does to the gradients shows in the next step, the last one of epoch 3.
        Assert.Equal((3, 8), (exception.Epoch, exception.Step));
        Assert.Equal(2, model.Module.GetType().GetProperty("Reported")!.GetValue(model.Module));
    }

    [Theory]
    [InlineData("[StopOnNaN]")]
    [InlineData("[DetectAnomaly]")]
    public void An_error_leaves_the_mode_and_no_tensor(string attributes)
    {
        var batches = Poisoned(SyntheticData.Batches("MSE")).ToArray();
        using var model = Load(attributes);
        _ = model.Weights();
        model.Module.eval();
        Fails(model, batches);
        model.Module.zero_grad();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;

        Fails(model, batches);

        model.Module.zero_grad();
        Assert.Equal(before, Tensor.TotalCount);
        Assert.False(model.Module.training);
        Assert.False(AnomalyMode.IsEnabled);

        // No hook has stayed: what comes with NaN goes with it.
        model.Module.train();
        Assert.True(model.Module.call(batches[1].Item1).isnan().any().item<bool>());
    }

    private static NonFiniteException Fails(LoadedModel model, object batches, int epochs = 1, double rate = 0.01, int? seed = null)
        => Assert.Throws<NonFiniteException>(() => model.Call("Fit", batches, epochs, null, CPU, rate, seed));

    private static IEnumerable<(Tensor, Tensor)> Poisoned(IReadOnlyList<(Tensor, Tensor)> batches)
        => batches.Select((batch, index) => index == 1 ? (WithNaN(batch.Item1), batch.Item2) : batch);

    private static IEnumerable<(Tensor, Tensor, Tensor)> Poisoned(IReadOnlyList<(Tensor, Tensor, Tensor)> batches)
        => batches.Select((batch, index) => index == 1 ? (WithNaN(batch.Item1), batch.Item2, batch.Item3) : batch);

    private static Tensor WithNaN(Tensor tensor)
    {
        var broken = tensor.clone();
        broken[0, 0] = float.NaN;
        return broken;
    }

    private static LoadedModel Load(string attributes, string members = "", string body = "layers.call(features)")
    {
        manual_seed(1);
        return LoadedModel.Of(
            Models.Usings + $$"""
            namespace Samples;

            [Compile(Optimizer = Optimizer.SGD, Loss = Loss.MSE)]
            {{attributes}}
            public partial class Broken : Module<Tensor, Tensor>
            {
                private readonly Module<Tensor, Tensor> layers = Sequential(Linear(2, 6), ReLU(), Linear(6, 1));

                public Broken() : base(nameof(Broken)) => RegisterComponents();

                public override Tensor forward(Tensor features) => {{body}};

                {{members}}
            }
            """,
            "Samples.Broken");
    }
}
