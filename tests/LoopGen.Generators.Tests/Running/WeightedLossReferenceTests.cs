using System.Globalization;
using LoopGen.Generators.Tests.Infrastructure;
using Xunit;
using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Running;

/// <summary>
/// Layer 4: weighted and smoothed losses and their gradients against PyTorch's (<c>Reference/weighted_losses.py</c> says
/// how they were made), whatever the batches, and the divisor of Keras in plain arithmetic.
/// </summary>
[Collection<TorchTests>]
public sealed class WeightedLossReferenceTests
{
    private const int Classes = 3;

    public static TheoryData<string> References
    {
        get
        {
            using var stream = typeof(WeightedLossReferenceTests).Assembly.GetManifestResourceStream("weighted_losses.csv")!;
            using var reader = new StreamReader(stream);
            return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        }
    }

    [Theory]
    [MemberData(nameof(References))]
    public void Losses_and_gradients_are_PyTorchs(string line)
    {
        var reference = Reference.Of(line);
        var whole = new[] { Data(reference.Shape, 0, reference.Shape[0]) };
        var uneven = new[] { Data(reference.Shape, 0, 3), Data(reference.Shape, 3, reference.Shape[0] - 3) };
        using var model = LoadedModel.Of(Source(reference, ""), "Samples.Scale");

        Assert.Equal(reference.Loss, LossOf(model.Call("Evaluate", whole, CPU)!), 1e-6);
        Assert.Equal(reference.Loss, LossOf(model.Call("Evaluate", uneven, CPU)!), 1e-6);
        Assert.Equal(reference.Loss, LossOf(model.Call("TestOnBatch", whole[0].Item1, whole[0].Item2, CPU)!), 1e-6);

        // One step of gradient descent at a rate of 1.
        var figures = LoadedModel.Figures(model.Call("Fit", whole, 1, null, CPU)!);
        Assert.Equal(reference.Loss, figures.Single()["loss"]!.Value, 1e-6);
        Assert.Equal(1 - reference.Gradient, model.Weights().Single(), 2e-6);

        using var windows = LoadedModel.Of(Source(reference, "[Accumulate(Steps = 2)]"), "Samples.Scale");
        figures = LoadedModel.Figures(windows.Call("Fit", uneven, 1, null, CPU)!);
        Assert.Equal(reference.Loss, figures.Single()["loss"]!.Value, 1e-6);
        Assert.Equal(1 - reference.Gradient, windows.Weights().Single(), 2e-6);
    }

    // weight[target] * -log(softmax[target]), summed and divided by the number of samples: class_weight under
    // reduction="sum_over_batch_size".
    [Fact]
    public void Without_a_divisor_the_sum_is_divided_as_in_Keras()
    {
        var reference = Reference.Of("CrossEntropy,7,1.0 2.5 0.25,0.0,,Targets,0,0");
        using var model = LoadedModel.Of(Source(reference, ""), "Samples.Scale");
        double sum = 0;
        for (var i = 0; i < 7; i++)
        {
            var logits = Enumerable.Range(0, Classes).Select(c => Math.Sin((3 * i) + c)).ToArray();
            sum += new[] { 1, 2.5, 0.25 }[TargetOf(i)] * (Math.Log(logits.Sum(Math.Exp)) - logits[TargetOf(i)]);
        }

        Assert.Equal(sum / 7, LossOf(model.Call("Evaluate", new[] { Data([7], 0, 4), Data([7], 4, 3) }, CPU)!), 1e-6);
    }

    private static int TargetOf(int place) => (place + (place / 3)) % Classes;

    private static double LossOf(object scores) => (double)scores.GetType().GetProperty("Loss")!.GetValue(scores)!;

    private static (Tensor, Tensor) Data(int[] shape, int start, int count)
    {
        var places = shape.Length > 1 ? shape[1] : 1;
        var outputs = new float[count * Classes * places];
        for (var i = 0; i < outputs.Length; i++)
        {
            var (sample, c, place) = (start + (i / (Classes * places)), i / places % Classes, i % places);
            outputs[i] = (float)Math.Sin((3 * ((sample * places) + place)) + c);
        }

        var targets = Enumerable.Range(start * places, count * places).Select(place => (long)TargetOf(place)).ToArray();
        return shape.Length > 1
            ? (tensor(outputs, [count, Classes, places]), tensor(targets, [count, places]))
            : (tensor(outputs, [count, Classes]), tensor(targets));
    }

    private static string Source(Reference reference, string attributes) => Models.Usings + $$"""
        namespace Samples;

        [Compile(Optimizer = Optimizer.SGD, LearningRate = 1, Loss = Loss.{{reference.Name}}{{reference.Arguments}})]
        {{attributes}}
        public partial class Scale : Module<Tensor, Tensor>
        {
            private readonly Parameter scale = new(torch.ones(1));

            public Scale() : base(nameof(Scale)) => RegisterComponents();

            public override Tensor forward(Tensor x) => {{(reference.Name == "NLL" ? "(x * scale).log_softmax(1)" : "x * scale")}};
        }
        """;

    private sealed record Reference(string Name, int[] Shape, string Arguments, double Loss, double Gradient)
    {
        public static Reference Of(string line)
        {
            var cells = line.Split(',');
            var arguments = cells[2].Length == 0 ? "" : $", ClassWeights = new[] {{ {cells[2].Replace(" ", ", ", StringComparison.Ordinal)} }}, Divisor = LossDivisor.{cells[5]}";
            arguments += cells[3] == "0.0" ? "" : $", LabelSmoothing = {cells[3]}";
            arguments += cells[4].Length == 0 ? "" : $", IgnoreIndex = {cells[4]}";
            int[] shape = [.. cells[1].Split('x').Select(int.Parse)];
            return new(cells[0], shape, arguments, double.Parse(cells[6], CultureInfo.InvariantCulture), double.Parse(cells[7], CultureInfo.InvariantCulture));
        }
    }
}
