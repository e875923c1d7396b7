using LoopGen.Generators.Tests.Infrastructure;
using Xunit;
using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Running;

/// <summary>
/// Layer 4: losses and RMSprop as PyTorch's documentation writes them down, in plain arithmetic, against what the
/// emitted methods make of the numbers in the attribute.
/// </summary>
[Collection<TorchTests>]
public sealed class FormulaTests
{
    // Uneven: five, and two.
    private static readonly double[] Outputs = [0.2, 0.9, 0.4, 0.75, 0.1, 0.5, 0.99];
    private static readonly double[] Targets = [0.0, 1.0, 0.6, 0.25, 0.9, 0.5, 0.0];

    public static TheoryData<string, string> Losses => new()
    {
        { "L1", "" },
        { "Huber", "" },
        { "Huber", ", Delta = 0.25" },
        { "Huber", ", Delta = 3" },
        { "SmoothL1", "" },
        { "SmoothL1", ", Beta = 0.25" },
        { "SmoothL1", ", Beta = 0" },
        { "BCE", "" },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss_is_its_formula(string loss, string argument)
    {
        var number = argument.Length == 0 ? 1 : double.Parse(argument.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);
        double Formula(double output, double target)
        {
            var error = Math.Abs(output - target);
            return loss switch
            {
                "L1" => error,
                "Huber" => error <= number ? error * error / 2 : number * (error - (number / 2)),
                "SmoothL1" => error < number ? error * error / (2 * number) : error - (number / 2),
                _ => -((target * Math.Log(output)) + ((1 - target) * Math.Log(1 - output))),
            };
        }

        using var model = LoadedModel.Of(Scale($"Loss = Loss.{loss}{argument}"), "Samples.Scale");

        var scores = model.Call("Evaluate", new[] { Batch(0, 5), Batch(5, 2) }, CPU)!;

        Assert.Equal(Outputs.Zip(Targets, Formula).Average(), (double)scores.GetType().GetProperty("Loss")!.GetValue(scores)!, 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Negative_log_likelihood_is_the_mean_of_the_targets_outputs(int places)
    {
        // Places of a sequence count one by one: (N, C, d1).
        using var model = LoadedModel.Of(Scale("Loss = Loss.NLL"), "Samples.Scale");
        var random = new Random(7);
        double sum = 0;
        var batches = new[] { 4, 1 }.Select(samples =>
        {
            var outputs = Enumerable.Range(0, samples * 2 * places).Select(_ => -random.NextSingle()).ToArray();
            var targets = Enumerable.Range(0, samples * places).Select(_ => random.NextInt64(2)).ToArray();
            for (var i = 0; i < targets.Length; i++)
            {
                sum -= outputs[(i / places * 2 * places) + (targets[i] * places) + (i % places)];
            }

            return (tensor(outputs, [samples, 2, places]), tensor(targets, [samples, places]));
        }).ToArray();

        var scores = model.Call("Evaluate", batches, CPU)!;

        Assert.Equal(sum / (5 * places), (double)scores.GetType().GetProperty("Loss")!.GetValue(scores)!, 1e-6);
    }

    [Theory]
    [InlineData("", 0.01, 0.99, 1e-8, 0.0, 0.0, false)]
    [InlineData(", Centered = true", 0.01, 0.99, 1e-8, 0.0, 0.0, true)]
    [InlineData(", LearningRate = 0.1, Alpha = 0.9, Epsilon = 0.001, Momentum = 0.5, WeightDecay = 0.1, Centered = true", 0.1, 0.9, 1e-3, 0.5, 0.1, true)]
    public void RMSprop_is_its_formula(string arguments, double rate, double alpha, double epsilon, double momentum, double decay, bool isCentered)
    {
        // The gradient of the mean of (output * scale - target)^2.
        double scale = 1, square = 0, mean = 0, buffer = 0;
        for (var step = 0; step < 6; step++)
        {
            var gradient = Outputs.Zip(Targets, (output, target) => 2 * output * ((output * scale) - target)).Average() + (decay * scale);
            square = (alpha * square) + ((1 - alpha) * gradient * gradient);
            mean = (alpha * mean) + ((1 - alpha) * gradient);
            var size = Math.Sqrt(isCentered ? square - (mean * mean) : square) + epsilon;
            buffer = (momentum * buffer) + (gradient / size);
            scale -= rate * buffer;
        }

        using var model = LoadedModel.Of(Scale($"Optimizer = Optimizer.RMSprop, Loss = Loss.MSE{arguments}"), "Samples.Scale");

        model.Call("Fit", new[] { Batch(0, 7) }, 6, null, CPU);

        Assert.Equal(scale, model.Weights().Single(), 1e-4);
    }

    private static string Scale(string arguments) => Models.Usings + $$"""
        namespace Samples;

        [Compile({{arguments}})]
        public partial class Scale : Module<Tensor, Tensor>
        {
            private readonly Parameter scale = new(torch.ones(1));

            public Scale() : base(nameof(Scale)) => RegisterComponents();

            public override Tensor forward(Tensor x) => x * scale;
        }
        """;

    private static (Tensor, Tensor) Batch(int start, int count)
        => (Part(Outputs, start, count), Part(Targets, start, count));

    private static Tensor Part(double[] values, int start, int count)
        => tensor([.. values.Skip(start).Take(count).Select(value => (float)value)], [count, 1]);
}
