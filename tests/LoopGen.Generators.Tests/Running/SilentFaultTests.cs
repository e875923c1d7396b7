using LoopGen.Generators.Tests.Infrastructure;
using Xunit;
using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Running;

/// <summary>What a training could once lose or get wrong without a word.</summary>
[Collection<TorchTests>]
public sealed class SilentFaultTests
{
    // Logits of a model that hands its input on, so that figures can be computed by hand.
    private static readonly float[,] Logits = { { 2, 0, 0 }, { 0, 0, 2 }, { 0, 2, 0 }, { 5, 0, 0 } };

    [Theory]
    [InlineData("Fit")]
    [InlineData("Evaluate")]
    public void Targets_that_torch_ignores_by_default_count_nowhere(string method)
    {
        // Of targets 0, 2, 1 and -100 torch's mean is over three; each of these has the loss ln(1 + 2 / e^2).
        using var images = tensor(Logits);
        using var targets = tensor(new long[] { 0, 2, 1, -100 });
        using var model = LoadedModel.Of(Source("[Metric(Metric.Accuracy)]", "Identity()"), "Faults.Net");
        object?[] data = method == "Fit" ? [images, targets, 1, 2] : [images, targets, 2];

        var result = model.Call(method, data);

        var figures = result is IEnumerable<IEpochLog> logs
            ? logs.Single().Figures.Select(figure => figure.Value)
            : result!.GetType().GetProperties().Where(property => property.PropertyType == typeof(double)).Select(property => (double?)property.GetValue(result));
        Assert.Equal(Math.Log(1 + (2 / Math.Exp(2))), figures.First()!.Value, 6);
        Assert.Equal(1, figures.ElementAt(1));
    }

    [Fact]
    public void A_last_batch_of_one_sample_is_an_error_that_dropLast_avoids()
    {
        manual_seed(1);
        using var images = randn(33, 3);
        using var targets = zeros(33, ScalarType.Int64);
        using var model = LoadedModel.Of(Source("", "BatchNorm1d(3)"), "Faults.Net");
        var fit = model.Module.GetType().GetMethods().First(method => method.Name == "Fit" && method.GetParameters()[0].ParameterType == typeof(Tensor));
        var parameters = fit.GetParameters();
        object?[] Arguments(bool dropLast) => [.. parameters.Select(parameter => parameter.Name switch
        {
            "image" => images,
            "target" => targets,
            "batchSize" => 32,
            "dropLast" => dropLast,
            "verbose" => Verbosity.Silent,
            _ => parameter.DefaultValue is { } value and not DBNull ? value : parameter.ParameterType == typeof(CancellationToken) ? default(CancellationToken) : null,
        })];

        var exception = Assert.Throws<InvalidOperationException>(
            () => fit.Invoke(model.Module, System.Reflection.BindingFlags.DoNotWrapExceptions, null, Arguments(dropLast: false), null));
        Assert.Contains("dropLast: true", exception.Message);
        Assert.DoesNotContain(double.NaN, LoadedModel.State(model.Module));

        fit.Invoke(model.Module, System.Reflection.BindingFlags.DoNotWrapExceptions, null, Arguments(dropLast: true), null);
        Assert.DoesNotContain(double.NaN, LoadedModel.State(model.Module));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[Swa]")]
    [InlineData("[Ema(Decay = 0.5)]")]
    public void A_training_that_is_stopped_in_its_validation_goes_on_there(string average)
    {
        var source = Source($"[Checkpoint(@\"{ScratchFolder.New()}\")]{average}", "Linear(3, 3)");
        var (whole, _) = Train(source, epochs: 3, stopInValidationOf: 0, resume: false);
        var (_, logged) = Train(source, epochs: 3, stopInValidationOf: 2, resume: false);
        Assert.Equal(1, logged);

        var (resumed, all) = Train(source, epochs: 3, stopInValidationOf: 0, resume: true);
        Assert.Equal(3, all);
        Assert.Equal(whole, resumed);
    }

    [Fact(Skip = "Fails until the code that makes the optimizer owns its learning rate: a schedule scales Fit's, here AdamW's default.")]
    public void A_schedule_scales_the_rate_of_the_optimizer_that_the_class_makes()
    {
        const string own = "public torch.optim.Optimizer CreateOptimizer() => torch.optim.SGD(parameters(), 0.5);\n\n    public override";
        var plain = AfterOneEpoch(Source("", "Linear(3, 3)").Replace("public override", own, StringComparison.Ordinal));
        var scheduled = AfterOneEpoch(Source("[Schedule(Schedule.Exponential, Gamma = 1)]", "Linear(3, 3)").Replace("public override", own, StringComparison.Ordinal));

        Assert.Equal(plain, scheduled);
    }

    [Fact(Skip = "Fails until single steps call the hooks that Fit calls.")]
    public void A_single_step_is_the_training_that_Fit_makes()
    {
        manual_seed(1);
        const string hook = "partial void OnLoss(long step, ref Tensor loss) => loss = loss * 0;\n\n    public override";
        using var model = LoadedModel.Of(Source("", "Linear(3, 3)").Replace("public override", hook, StringComparison.Ordinal), "Faults.Net");
        var before = LoadedModel.State(model.Module);
        using var optimizer = (optim.Optimizer)model.Call("CreateOptimizer", CPU)!;

        model.Call("TrainOnBatch", randn(4, 3), zeros(4, ScalarType.Int64), optimizer, CPU);

        Assert.Equal(before, LoadedModel.State(model.Module));
    }

    [Fact(Skip = "Fails until Fit puts back what [Frozen] switched off: a second training of the same modules moves them by exactly 0.")]
    public void What_is_frozen_in_one_training_is_free_after_it()
    {
        manual_seed(1);
        using var images = randn(8, 3);
        using var targets = zeros(8, ScalarType.Int64);
        using var model = LoadedModel.Of(Source("", "Linear(3, 3)").Replace("private readonly Module", "[Frozen] private readonly Module", StringComparison.Ordinal), "Faults.Net");

        model.Call("Fit", images, targets, 1, 4);

        Assert.All(model.Module.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    private static double[] AfterOneEpoch(string source)
    {
        manual_seed(1);
        using var images = randn(8, 3);
        using var targets = zeros(8, ScalarType.Int64);
        using var model = LoadedModel.Of(source, "Faults.Net");
        model.Call("Fit", images, targets, 1, 4);
        return LoadedModel.State(model.Module);
    }

    private static (double[] State, int Epochs) Train(string source, int epochs, int stopInValidationOf, bool resume)
    {
        manual_seed(1);
        using var model = LoadedModel.Of(source, "Faults.Net");
        var batches = SyntheticData.Batches("CrossEntropy").Select(batch => (image: cat([batch.Item1, batch.Item1.narrow(1, 0, 1)], 1), target: batch.Item2)).ToList();
        using var stop = new CancellationTokenSource();
        var pass = 0;
        IEnumerable<(Tensor image, Tensor target)> Validation()
        {
            pass++;
            foreach (var batch in batches.Take(2))
            {
                if (pass == stopInValidationOf)
                {
                    stop.Cancel();
                }

                yield return batch;
            }
        }

        var fit = model.Module.GetType().GetMethods().First(method => method.Name == "Fit" && method.GetParameters()[0].Name == "trainBatches");
        object?[] arguments = [.. fit.GetParameters().Select(parameter => parameter.Name switch
        {
            "trainBatches" => batches,
            "epochs" => epochs,
            "validationBatches" => new Repeated(Validation),
            "seed" => 5,
            "resume" => (Resume)resume,
            "verbose" => Verbosity.Silent,
            "cancellationToken" => stop.Token,
            _ => parameter.DefaultValue is DBNull ? null : parameter.DefaultValue,
        })];
        var history = (IEnumerable<IEpochLog>)fit.Invoke(model.Module, System.Reflection.BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        return (LoadedModel.State(model.Module), history.Count());
    }

    private static string Source(string attributes, string layer) => Models.Usings + $$"""
        namespace Faults;

        [Compile(Optimizer = Optimizer.SGD, Loss = Loss.CrossEntropy, LearningRate = 0.1)]
        {{attributes}}
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layer = {{layer}};
            private readonly Parameter bias = Parameter(zeros(1));

            public Net() : base("net") => RegisterComponents();

            public override Tensor forward(Tensor image) => layer.call(image) + bias;
        }
        """;

    private sealed class Repeated(Func<IEnumerable<(Tensor image, Tensor target)>> read) : IEnumerable<(Tensor image, Tensor target)>
    {
        public IEnumerator<(Tensor image, Tensor target)> GetEnumerator() => read().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => this.GetEnumerator();
    }
}
