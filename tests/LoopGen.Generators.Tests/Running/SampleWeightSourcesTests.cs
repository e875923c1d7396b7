using System.Reflection;
using LoopGen.Generators.Tests.Infrastructure;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Running;

/// <summary>
/// Whatever the data come from, the weights come with them: whole tensors, loaders, single batches and a loop that the class
/// declares itself; whatever the parameter of <c>forward</c> is called.
/// </summary>
[Collection<TorchTests>]
public sealed class SampleWeightSourcesTests
{
    private const int BatchSize = 8;

    public static TheoryData<string> Parameters =>
    [
        "weight", "sampleWeight", "weights", "hostWeight", "validationWeight", "losses", "divisor", "target", "weightsInBatch", "classWeights", "SampleWeights", "FirstBatch",
    ];

    [Fact]
    public void Whole_tensors_train_as_their_batches_do()
    {
        var (input, target, weight) = Whole();
        var batches = SyntheticData.Weighted("MSE");

        var expected = Trained(model => model.Call("Fit", batches, 3, batches, CPU, 0.05, 7));
        var actual = Trained(model => model.Call("Fit", input, target, weight, 3, BatchSize, (input, target, weight), 0.0, false, CPU, 0.05, 7));

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Held_out_samples_keep_their_weights()
    {
        var (input, target, weight) = Whole();
        using var model = LoadedModel.Of(Source("x"), "Samples.Weighed");

        var figures = LoadedModel.Figures(model.Call("Fit", input, target, weight, 1, BatchSize, null, 0.5, true, CPU)!);

        var heldOut = model.Call("Evaluate", input[11..], target[11..], weight[11..], BatchSize, CPU)!;
        Assert.Equal(LossOf(heldOut), figures.Single()["val_loss"]!.Value, 1e-9);
    }

    [Theory]
    [InlineData("x", "target", "weight")]
    [InlineData("data", "label", "sample_weight")]
    public void Dictionaries_train_as_their_batches_do(string inputKey, string targetKey, string weightKey)
    {
        using var rows = new Rows(inputKey, targetKey, weightKey);
        using var loader = new DataLoader(rows, BatchSize);
        var batches = SyntheticData.Weighted("MSE");

        Assert.Equal(
            Trained(model => model.Call("Fit", batches, 2, batches, CPU, 0.05, 7)),
            Trained(model => model.Call("Fit", loader, 2, loader, CPU, 0.05, 7)));
        using var scored = LoadedModel.Of(Source("x"), "Samples.Weighed");
        Assert.Equal(LossOf(scored.Call("Evaluate", batches, CPU)!), LossOf(scored.Call("Evaluate", loader, CPU)!));
    }

    [Fact]
    public void Lists_train_as_their_batches_do()
    {
        var (input, target, weight) = Whole();
        using var data = utils.data.TensorDataset(input, target, weight);
        using var loader = utils.data.DataLoader(data, BatchSize, disposeDataset: false);
        var batches = SyntheticData.Weighted("MSE");

        Assert.Equal(
            Trained(model => model.Call("Fit", batches, 2, batches, CPU, 0.05, 7)),
            Trained(model => model.Call("Fit", loader, 2, loader, CPU, 0.05, 7)));
        using var scored = LoadedModel.Of(Source("x"), "Samples.Weighed");
        Assert.Equal(LossOf(scored.Call("Evaluate", batches, CPU)!), LossOf(scored.Call("Evaluate", loader, CPU)!));
    }

    [Fact]
    public void Single_steps_train_as_the_loop_does()
    {
        var batches = SyntheticData.Weighted("MSE");

        var expected = Trained(model => model.Call("Fit", batches, 1, null, CPU, 0.05));
        var actual = Trained(model =>
        {
            using var optimizer = (optim.Optimizer)model.Call("CreateOptimizer", CPU, 0.05)!;
            foreach (var (input, target, weight) in batches)
            {
                model.Call("TrainOnBatch", input, target, weight, optimizer, CPU);
            }
        });

        Assert.Equal(expected, actual);
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Any_parameter_name_trains(string parameter)
    {
        foreach (var arguments in new[] { "", ", Divisor = LossDivisor.Weights" })
        {
            var run = GeneratorRun.Of(Source(parameter, arguments));
            Assert.Empty(run.Diagnostics().Select(diagnostic => diagnostic.ToString()));
            manual_seed(1);
            using var model = LoadedModel.Of(run, "Samples.Weighed");
            var batches = SyntheticData.Weighted("MSE");
            var figures = LoadedModel.Figures(model.Call("Fit", batches, 8, batches, CPU, 0.1)!);
            Assert.True(figures[^1]["val_loss"] < figures[0]["val_loss"]);
        }
    }

    // The emitted overloads call it with what it takes; over pairs it is a loop of the user's own, beside the emitted one.
    [Theory]
    [InlineData("(Tensor x, Tensor target, Tensor weight)", true)]
    [InlineData("(Tensor x, Tensor target)", false)]
    public void A_Fit_of_the_users_own_is_called_if_it_takes_the_weights(string batch, bool isCalled)
    {
        var own = $"public int Fits; public History<EpochLog> Fit(System.Collections.Generic.IEnumerable<{batch}> trainBatches, int epochs = 1) {{ Fits += epochs; return new History<EpochLog>(); }}";
        var run = GeneratorRun.Of(Source("x", member: own));
        Assert.Empty(run.Diagnostics().Select(diagnostic => diagnostic.ToString()));
        using var model = LoadedModel.Of(run, "Samples.Weighed");
        var (input, target, weight) = Whole();

        model.Call("Fit", input, target, weight, 5);

        Assert.Equal(isCalled ? 5 : 0, model.Module.GetType().GetField("Fits", BindingFlags.Public | BindingFlags.Instance)!.GetValue(model.Module));
    }

    [Fact]
    public void A_Fit_over_three_tensors_is_no_loop_of_a_model_without_weights()
    {
        const string own = "public void Fit(System.Collections.Generic.IEnumerable<(Tensor, Tensor, Tensor)> triples) { }";
        var run = GeneratorRun.Of(Source("x", member: own).Replace("[SampleWeights]", "", StringComparison.Ordinal));

        Assert.Empty(run.Diagnostics().Select(diagnostic => diagnostic.ToString()));
        Assert.Contains("run.BeginEpoch(", run.Files["Samples.Weighed.Fit.g.cs"]);
    }

    private static (Tensor Input, Tensor Target, Tensor Weight) Whole()
    {
        var batches = SyntheticData.Weighted("MSE");
        return (cat([.. batches.Select(batch => batch.Item1)]), cat([.. batches.Select(batch => batch.Item2)]), cat([.. batches.Select(batch => batch.Item3)]));
    }

    private static float[] Trained(Action<LoadedModel> train)
    {
        manual_seed(3);
        using var model = LoadedModel.Of(Source("x"), "Samples.Weighed");
        train(model);
        return model.Weights();
    }

    private static double LossOf(object scores) => (double)scores.GetType().GetProperty("Loss")!.GetValue(scores)!;

    private static string Source(string parameter, string arguments = "", string member = "") => Models.Usings + $$"""
        namespace Samples;

        [SampleWeights]
        [Compile(Loss = Loss.MSE{{arguments}})]
        public partial class Weighed : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 1);

            public Weighed() : base(nameof(Weighed)) => RegisterComponents();

            public override Tensor forward(Tensor {{parameter}}) => linear.call({{parameter}});

            {{member}}
        }
        """;

    private sealed class Rows(string inputKey, string targetKey, string weightKey) : utils.data.Dataset
    {
        private readonly (Tensor Input, Tensor Target, Tensor Weight) data = Whole();

        public override long Count => this.data.Input.shape[0];

        public override Dictionary<string, Tensor> GetTensor(long index) => new()
        {
            [inputKey] = this.data.Input[index].clone(),
            [targetKey] = this.data.Target[index].clone(),
            [weightKey] = this.data.Weight[index].clone(),
        };
    }
}
