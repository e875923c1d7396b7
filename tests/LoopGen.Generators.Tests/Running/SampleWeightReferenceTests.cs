using System.Globalization;
using LoopGen.Generators.Tests.Infrastructure;
using Xunit;
using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Running;

/// <summary>
/// Layer 4: losses with a weight for each sample and their gradients against PyTorch's of one place at a time
/// (<c>Reference/sample_weights.py</c> says how they were made), whatever the batches and windows; and the divisor of Keras
/// in plain arithmetic.
/// </summary>
[Collection<TorchTests>]
public sealed class SampleWeightReferenceTests
{
    private const int Classes = 3;

    public static TheoryData<string> References
    {
        get
        {
            using var stream = typeof(SampleWeightReferenceTests).Assembly.GetManifestResourceStream("sample_weights.csv")!;
            using var reader = new StreamReader(stream);
            return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        }
    }

    [Theory]
    [MemberData(nameof(References))]
    public void Losses_and_gradients_are_those_of_the_reference(string line)
    {
        var reference = Reference.Of(line);
        var whole = new[] { Data(reference, 0, reference.Shape[0]) };
        var uneven = new[] { Data(reference, 0, 3), Data(reference, 3, reference.Shape[0] - 3) };
        using var model = LoadedModel.Of(Source(reference, ""), "Samples.Scale");

        Assert.Equal(reference.Loss, LossOf(model.Call("Evaluate", whole, CPU)!), 2e-6);
        Assert.Equal(reference.Loss, LossOf(model.Call("Evaluate", uneven, CPU)!), 2e-6);
        Assert.Equal(reference.Loss, LossOf(model.Call("TestOnBatch", whole[0].Item1, whole[0].Item2, whole[0].Item3, CPU)!), 2e-6);

        // One step of gradient descent at a rate of 1.
        var figures = LoadedModel.Figures(model.Call("Fit", whole, 1, null, CPU)!);
        Assert.Equal(reference.Loss, figures.Single()["loss"]!.Value, 2e-6);
        Assert.Equal(1 - reference.Gradient, model.Weights().Single(), 3e-6);

        using var windows = LoadedModel.Of(Source(reference, "[Accumulate(Steps = 2)]"), "Samples.Scale");
        figures = LoadedModel.Figures(windows.Call("Fit", uneven, 1, null, CPU)!);
        Assert.Equal(reference.Loss, figures.Single()["loss"]!.Value, 2e-6);
        Assert.Equal(1 - reference.Gradient, windows.Weights().Single(), 3e-6);
    }

    // The weighted losses of the samples, summed and divided by the number of samples: reduction="sum_over_batch_size". What
    // Keras calls the loss of a sample is the mean over its elements.
    [Fact]
    public void Without_a_divisor_the_sum_is_divided_as_in_Keras()
    {
        var reference = Reference.Of("MSE,7x1,1,,0.0,,Targets,0,0");
        using var model = LoadedModel.Of(Source(reference, ""), "Samples.Scale");
        double sum = 0;
        for (var i = 0; i < 7; i++)
        {
            sum += WeightOf(i) * Math.Pow(Math.Sin(i) - (2 * Math.Cos(i)), 2);
        }

        Assert.Equal(sum / 7, LossOf(model.Call("Evaluate", new[] { Data(reference, 0, 4), Data(reference, 4, 3) }, CPU)!), 1e-6);
    }

    private static float WeightOf(int place) => 5 * place % 4 / 2f;

    private static double LossOf(object scores) => (double)scores.GetType().GetProperty("Loss")!.GetValue(scores)!;

    private static (Tensor, Tensor, Tensor) Data(Reference reference, int start, int count)
    {
        long[] shape = [count, .. reference.Shape.Skip(1)];
        var weighed = shape[..reference.Dimensions];
        var weights = Places(weighed).Select(WeightOf).ToArray();
        var (input, target) = reference.IsOfClasses ? ClassData(shape) : NumberData(reference.Name, shape);
        return (input, target, tensor(weights, weighed));

        // Places count from the first of all samples.
        IEnumerable<int> Places(long[] of)
        {
            var perSample = (int)(of.Aggregate(1L, (product, size) => product * size) / count);
            return Enumerable.Range(start * perSample, count * perSample);
        }

        (Tensor, Tensor) NumberData(string loss, long[] of)
        {
            var places = Places(of).ToArray();
            var targets = places.Select(i => loss.StartsWith("BCE", StringComparison.Ordinal) ? i % 3 / 2f : (float)(2 * Math.Cos(i)));
            return (tensor(places.Select(i => (float)Math.Sin(i)).ToArray(), of), tensor(targets.ToArray(), of));
        }

        (Tensor, Tensor) ClassData(long[] of)
        {
            var places = Places(of).ToArray();
            var outputs = places.SelectMany(i => Enumerable.Range(0, Classes).Select(c => (float)Math.Sin((3 * i) + c))).ToArray();
            var output = tensor(outputs, [.. of, Classes]);
            return (of.Length > 1 ? output.transpose(1, 2) : output, tensor(places.Select(i => (long)((i + (i / 3)) % Classes)).ToArray(), of));
        }
    }

    private static string Source(Reference reference, string attributes) => Models.Usings + $$"""
        namespace Samples;

        [Compile(Optimizer = Optimizer.SGD, LearningRate = 1, Loss = Loss.{{reference.Name}}{{reference.Arguments}})]
        [SampleWeights]
        {{attributes}}
        public partial class Scale : Module<Tensor, Tensor>
        {
            private readonly Parameter scale = new(torch.ones(1));

            public Scale() : base(nameof(Scale)) => RegisterComponents();

            public override Tensor forward(Tensor x) => (x * scale){{reference.End}};
        }
        """;

    private sealed record Reference(string Name, int[] Shape, int Dimensions, string Arguments, double Loss, double Gradient)
    {
        public bool IsOfClasses => this.Name is "CrossEntropy" or "NLL";

        public string End => this.Name switch
        {
            "NLL" => ".log_softmax(1)",
            "BCE" => ".sigmoid()",
            _ => "",
        };

        public static Reference Of(string line)
        {
            var cells = line.Split(',');
            var arguments = cells[3].Length == 0 ? "" : $", ClassWeights = new[] {{ {cells[3].Replace(" ", ", ", StringComparison.Ordinal)} }}";
            arguments += cells[4] == "0.0" ? "" : $", LabelSmoothing = {cells[4]}";
            arguments += cells[5].Length == 0 ? "" : $", IgnoreIndex = {cells[5]}";
            arguments += $", Divisor = LossDivisor.{cells[6]}";
            int[] shape = [.. cells[1].Split('x').Select(int.Parse)];
            var dimensions = int.Parse(cells[2], CultureInfo.InvariantCulture);
            return new(cells[0], shape, dimensions, arguments, double.Parse(cells[7], CultureInfo.InvariantCulture), double.Parse(cells[8], CultureInfo.InvariantCulture));
        }
    }
}
