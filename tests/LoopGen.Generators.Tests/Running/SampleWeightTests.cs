using LoopGen.Generators.Tests.Infrastructure;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Running;

/// <summary>
/// Layer 4: loops with a weight for each sample end with the very bits of loops written by hand: every loss and divisor, with
/// and without windows, weights of classes and ignored targets.
/// </summary>
[Collection<TorchTests>]
public sealed class SampleWeightTests
{
    private const int Epochs = 3;
    private const double Rate = 0.05;
    private const string OfClasses = ", ClassWeights = new[] { 1, 2.5, 0.25 }";
    private const string Smoothing = ", LabelSmoothing = 0.1";
    private const string Ignored = ", IgnoreIndex = 1";
    private const string Weights = ", Divisor = LossDivisor.Weights";

    // Binary fractions: their sums and products are exact in any order.
    private static readonly float[] ClassWeights = [1, 2.5f, 0.25f];

    public static TheoryData<string, string, int> Compared
    {
        get
        {
            var all = new TheoryData<string, string, int>();
            foreach (var window in new[] { 1, 2 })
            {
                foreach (var divisor in new[] { "", Weights })
                {
                    foreach (var loss in new[] { "CrossEntropy", "BCEWithLogits", "MSE", "L1", "Huber", "SmoothL1", "NLL", "BCE" })
                    {
                        all.Add(loss, divisor, window);
                    }

                    all.Add("NLL", OfClasses + divisor, window);
                    foreach (var arguments in new[] { OfClasses, Ignored, Smoothing, OfClasses + Ignored, OfClasses + Ignored + Smoothing })
                    {
                        all.Add("CrossEntropy", arguments + divisor, window);
                    }
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Compared))]
    public void Emitted_and_hand_written_loops_end_with_the_same_bits(string loss, string arguments, int window)
    {
        var batches = SyntheticData.Weighted(loss);
        manual_seed(11);
        using var model = LoadedModel.Of(Source(loss, arguments, window == 1 ? "" : $"[Accumulate(Steps = {window})]"), "Samples.Compared");
        manual_seed(11);
        using var twin = new Twin(loss);
        Assert.Equal(twin.Weights(), model.Weights());

        manual_seed(5);
        var figures = LoadedModel.Figures(model.Call("Fit", batches, Epochs, batches, CPU, Rate, 5)!);
        manual_seed(5);
        var expected = HandWritten(twin, loss, arguments, window, batches);

        Assert.Equal(expected, figures.Select(epoch => (epoch["loss"]!.Value, epoch["val_loss"]!.Value)));
        Assert.Equal(twin.Weights(), model.Weights());
    }

    [Theory]
    [InlineData("CrossEntropy", "")]
    [InlineData("CrossEntropy", Weights)]
    [InlineData("CrossEntropy", OfClasses + Ignored)]
    [InlineData("CrossEntropy", OfClasses + Ignored + Weights)]
    [InlineData("MSE", "")]
    [InlineData("MSE", Weights)]
    public void A_window_updates_like_one_batch_of_all_its_samples(string loss, string arguments)
    {
        var batches = SyntheticData.Weighted(loss);
        (Tensor, Tensor, Tensor)[] joined =
        [
            (cat([.. batches.Select(batch => batch.Item1)]), cat([.. batches.Select(batch => batch.Item2)]), cat([.. batches.Select(batch => batch.Item3)])),
        ];

        var windows = Trained("[Accumulate(Steps = 3)]", batches);
        var whole = Trained("", joined);

        Assert.All(whole.Zip(windows), pair => Assert.Equal(pair.First, pair.Second, 2e-6f));

        float[] Trained(string attributes, IReadOnlyList<(Tensor, Tensor, Tensor)> source)
        {
            manual_seed(3);
            using var model = LoadedModel.Of(Source(loss, arguments + ", Optimizer = Optimizer.SGD", attributes, dropout: false), "Samples.Compared");
            model.Call("Fit", source, 5, null, CPU, 0.1);
            return model.Weights();
        }
    }

    // Weights of 1 are no weights, and ones of 0 leave their samples out.
    [Theory]
    [InlineData("")]
    [InlineData(Weights)]
    public void Weights_of_one_and_none_are_what_they_seem(string divisor)
    {
        var (input, target) = SyntheticData.Batches("MSE")[0];
        using var weighted = LoadedModel.Of(Source("MSE", divisor, ""), "Samples.Compared");
        using var plain = LoadedModel.Of(Source("MSE", "", "").Replace("[SampleWeights]", "", StringComparison.Ordinal), "Samples.Compared");
        plain.Module.load_state_dict(weighted.Module.state_dict());
        var halfOfThem = cat([ones(4), zeros(4)]);

        Assert.Equal(LossOf(plain.Call("TestOnBatch", input, target, CPU)!), LossOf(weighted.Call("TestOnBatch", input, target, ones(8), CPU)!), 1e-6);
        Assert.Equal(
            LossOf(plain.Call("TestOnBatch", input[..4], target[..4], CPU)!) * (divisor.Length > 0 ? 1 : 0.5),
            LossOf(weighted.Call("TestOnBatch", input, target, halfOfThem, CPU)!),
            1e-6);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(Weights, "")]
    [InlineData(Weights + OfClasses + Ignored, "")]
    [InlineData(Ignored, "")]
    [InlineData("", "[Accumulate(Steps = 2)]")]
    [InlineData(Weights, "[Accumulate(Steps = 2)]")]
    public void Batches_without_any_weight_change_nothing(string arguments, string attributes)
    {
        var batches = SyntheticData.Weighted("CrossEntropy").Select(batch => (batch.Item1, batch.Item2, zeros_like(batch.Item3))).ToArray();
        using var model = LoadedModel.Of(Source("CrossEntropy", arguments + ", Optimizer = Optimizer.SGD", attributes), "Samples.Compared");
        var before = model.Weights();

        var figures = LoadedModel.Figures(model.Call("Fit", batches, 1, null, CPU)!);

        // The mean over weights has nothing to be over; the mean over targets is 0.
        Assert.Equal(before, model.Weights());
        Assert.Equal(arguments.Contains(Weights, StringComparison.Ordinal) ? double.NaN : 0, figures.Single()["loss"]!.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Weights)]
    [InlineData(OfClasses)]
    [InlineData(OfClasses + Weights)]
    public void Batches_in_which_every_target_is_ignored_change_nothing(string arguments)
    {
        var batches = SyntheticData.Weighted("CrossEntropy").Select(batch => (batch.Item1, ones_like(batch.Item2), batch.Item3)).ToArray();
        using var model = LoadedModel.Of(Source("CrossEntropy", arguments + Ignored + Smoothing + ", Optimizer = Optimizer.SGD", ""), "Samples.Compared");
        var before = model.Weights();

        var figures = LoadedModel.Figures(model.Call("Fit", batches, 1, null, CPU)!);

        Assert.Equal(before, model.Weights());
        Assert.True(double.IsNaN(figures.Single()["loss"]!.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Weights)]
    public void The_loss_that_a_hook_sees_has_the_type_of_the_output(string divisor)
    {
        const string hook = "partial void OnLoss(long step, ref Tensor loss) { if (loss.dtype != ScalarType.Float32 || loss.dim() != 0) throw new System.Exception(loss.ToString()); }";
        using var model = LoadedModel.Of(Source("MSE", divisor, "", member: hook), "Samples.Compared");

        Assert.NotNull(model.Call("Fit", SyntheticData.Weighted("MSE"), 1, null, CPU));
    }

    [Theory]
    [InlineData("Fit")]
    [InlineData("Evaluate")]
    [InlineData("TestOnBatch")]
    public void Weights_that_cannot_be_are_found_in_the_first_batch(string method)
    {
        var (input, target, weight) = SyntheticData.Weighted("MSE")[0];
        using var model = LoadedModel.Of(Source("MSE", "", ""), "Samples.Compared");
        var before = model.Weights();
        var batches = new[] { (input, target, weight.unsqueeze(1).repeat(1, 2)) };
        object?[] arguments = method == "Fit" ? [batches, 1, null, CPU] : method == "Evaluate" ? [batches, CPU] : [input, target, batches[0].Item3, CPU];

        var exception = Assert.Throws<ArgumentException>("weight", () => model.Call(method, arguments));

        Assert.StartsWith("weight must have the shape (8), a weight for each sample, or with further dimensions of target (8, 1), but is Float32 (8, 2).", exception.Message);
        Assert.Equal(before, model.Weights());
    }

    private static double LossOf(object scores) => (double)scores.GetType().GetProperty("Loss")!.GetValue(scores)!;

    private static bool IsOfClasses(string loss) => loss is "CrossEntropy" or "NLL";

    private static string Source(string loss, string arguments, string attributes, bool dropout = true, string member = "") => Models.Usings + $$"""
        namespace Samples;

        [Compile(Loss = Loss.{{loss}}{{arguments}})]
        [SampleWeights]
        {{attributes}}
        public partial class Compared : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = Sequential(
                Linear(2, 6), Tanh(), Dropout({{(dropout ? "0.25" : "0")}}), Linear(6, {{(IsOfClasses(loss) ? 3 : 1)}}),
                {{(loss switch { "NLL" => "LogSoftmax(1)", "BCE" => "Sigmoid()", _ => "Identity()" })}});

            public Compared() : base(nameof(Compared)) => RegisterComponents();

            public override Tensor forward(Tensor x) => layers.call(x);

            {{member}}
        }
        """;

    // What a careful person writes without LoopGen.
    private static List<(double Loss, double ValLoss)> HandWritten(
        Twin model, string lossName, string arguments, int window, IReadOnlyList<(Tensor Input, Tensor Target, Tensor Weight)> batches)
    {
        var dividesByWeights = arguments.Contains(Weights, StringComparison.Ordinal);
        var hasClassWeights = arguments.Contains(OfClasses, StringComparison.Ordinal);
        long? ignored = arguments.Contains(Ignored, StringComparison.Ordinal) ? 1 : null;

        using var optimizer = optim.AdamW(model.parameters(), Rate, weight_decay: 0.01);
        using var classWeights = hasClassWeights ? tensor(ClassWeights) : null;
        using var single = LossFunction();

        var figures = new List<(double, double)>();
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            model.train();
            double lossSum = 0, count = 0;
            foreach (var part in batches.Chunk(window))
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                double inWindow = 0;
                foreach (var (input, target, weight) in part)
                {
                    var sum = Weighted(model.call(input), target, weight);
                    var loss = window > 1 ? sum.sum() : Mean(sum, target, weight);
                    loss.backward();
                    lossSum += window == 1 ? loss.item<float>() * Count(target, weight) : loss.item<float>();
                    inWindow += Count(target, weight);
                }

                count += inWindow;
                if (window > 1)
                {
                    using var noGrad = no_grad();
                    foreach (var parameter in model.parameters())
                    {
                        parameter.grad!.div_(inWindow);
                    }
                }

                optimizer.step();
            }

            model.eval();
            double valSum = 0, valCount = 0;
            using (no_grad())
            {
                foreach (var (input, target, weight) in batches)
                {
                    using var scope = NewDisposeScope();
                    valSum += Mean(Weighted(model.call(input), target, weight), target, weight).item<float>() * Count(target, weight);
                    valCount += Count(target, weight);
                }
            }

            figures.Add((lossSum / count, valSum / valCount));
        }

        return figures;

        nn.Module<Tensor, Tensor, Tensor> LossFunction() => lossName switch
        {
            "CrossEntropy" => new CrossEntropyLoss(classWeights, ignored, nn.Reduction.None, arguments.Contains(Smoothing, StringComparison.Ordinal) ? 0.1 : 0),
            "NLL" => nn.NLLLoss(classWeights, nn.Reduction.None),
            "BCEWithLogits" => nn.BCEWithLogitsLoss(reduction: nn.Reduction.None),
            "BCE" => nn.BCELoss(reduction: nn.Reduction.None),
            "L1" => nn.L1Loss(nn.Reduction.None),
            "Huber" => nn.HuberLoss(reduction: nn.Reduction.None),
            "SmoothL1" => nn.SmoothL1Loss(nn.Reduction.None),
            _ => nn.MSELoss(nn.Reduction.None),
        };

        // Targets of one column, or of none.
        Tensor Weighted(Tensor output, Tensor target, Tensor weight)
            => single.call(output, target) * (target.dim() == 2 ? weight.unsqueeze(1) : weight);

        Tensor Mean(Tensor losses, Tensor target, Tensor weight)
            => !dividesByWeights && ignored is null ? losses.mean()
                : losses.sum() / (dividesByWeights ? tensor((float)Count(target, weight)) : tensor((long)Count(target, weight)));

        // Of the targets, or of their weights.
        double Count(Tensor target, Tensor weight)
        {
            var weights = weight.data<float>().ToArray();
            if (!IsOfClasses(lossName))
            {
                return dividesByWeights ? weights.Sum() : weights.Length;
            }

            var counted = target.data<long>().ToArray().Zip(weights).Where(pair => pair.First != ignored);
            return dividesByWeights ? counted.Sum(pair => (double)pair.Second * (hasClassWeights ? ClassWeights[pair.First] : 1)) : counted.Count();
        }
    }

    private sealed class Twin : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> layers;

        public Twin(string loss)
            : base(nameof(Twin))
        {
            nn.Module<Tensor, Tensor> end = loss switch
            {
                "NLL" => nn.LogSoftmax(1),
                "BCE" => nn.Sigmoid(),
                _ => nn.Identity(),
            };
            this.layers = nn.Sequential(nn.Linear(2, 6), nn.Tanh(), nn.Dropout(0.25), nn.Linear(6, IsOfClasses(loss) ? 3 : 1), end);
            this.RegisterComponents();
        }

        public override Tensor forward(Tensor input) => this.layers.call(input);

        public float[] Weights() => [.. this.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];
    }
}
