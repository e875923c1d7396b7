using LoopGen.Generators.Tests.Infrastructure;
using Xunit;
using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Running;

/// <summary>What a training could once lose or get wrong without a word.</summary>
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
