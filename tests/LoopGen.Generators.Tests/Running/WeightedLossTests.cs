using LoopGen.Generators.Tests.Infrastructure;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Running;

/// <summary>
/// Layer 4: losses with class weights and label smoothing end with the very bits of loops written by hand, with and
/// without windows, ignored targets and either divisor; and they live with every other block.
/// </summary>
[Collection<TorchTests>]
public sealed class WeightedLossTests
{
    private const int Epochs = 3;
    private const double Rate = 0.05;
    private const string Targets = ", ClassWeights = new[] { 1, 2.5, 0.3 }";
    private const string Weights = Targets + ", Divisor = LossDivisor.Weights";
    private const string Smoothing = ", LabelSmoothing = 0.1";
    private const string Ignored = ", IgnoreIndex = 1";

    private static readonly float[] ClassWeights = [1, 2.5f, 0.3f];

    public static TheoryData<string, string, int> Compared
    {
        get
        {
            var all = new TheoryData<string, string, int>();
            foreach (var window in new[] { 1, 2 })
            {
                foreach (var smoothing in new[] { "", Smoothing })
                {
                    foreach (var ignored in new[] { "", Ignored })
                    {
                        foreach (var weights in new[] { "", Targets, Weights })
                        {
                            all.Add("CrossEntropy", weights + smoothing + ignored, window);
                        }
                    }
                }

                all.Add("NLL", Targets, window);
                all.Add("NLL", Weights, window);
            }

            return all;
        }
    }

    public static TheoryData<string, string> WithBlocks
        => new(from recipe in BlockRecipes.Alone from weights in new[] { Targets, Weights } select (recipe.Name, weights));

    [Theory]
    [MemberData(nameof(Compared))]
    public void Emitted_and_hand_written_loops_end_with_the_same_bits(string loss, string arguments, int window)
    {
        var batches = SyntheticData.Batches(loss);
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
    [MemberData(nameof(WithBlocks))]
    public void Every_block_trains_with_weights_and_leaves_no_tensor(string block, string weights)
    {
        var recipe = BlockRecipes.Alone.Single(candidate => candidate.Name == block);
        object batches = recipe.IsWeighted ? SyntheticData.Weighted("CrossEntropy") : SyntheticData.Batches("CrossEntropy");
        manual_seed(1);
        using var model = LoadedModel.Of(Source("CrossEntropy", weights + Smoothing + Ignored, recipe.Attributes, recipe.Member), "Samples.Compared");
        _ = model.Weights();

        // The first epochs allocate what the model keeps.
        model.Call("Fit", batches, 2, batches, CPU, Rate);
        model.Module.zero_grad();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;

        var figures = LoadedModel.Figures(model.Call("Fit", batches, 2, batches, CPU, Rate)!);
        model.Module.zero_grad();

        Assert.All(figures.SelectMany(epoch => epoch.Values), value => Assert.True(double.IsFinite(value!.Value)));
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData(Targets)]
    [InlineData(Weights)]
    [InlineData(Targets + Ignored)]
    [InlineData(Weights + Ignored)]
    [InlineData(Targets + Ignored + Smoothing)]
    [InlineData(Weights + Ignored + Smoothing)]
    public void A_window_updates_like_one_batch_of_all_its_samples(string arguments)
    {
        var batches = SyntheticData.Batches("CrossEntropy");
        (Tensor, Tensor)[] joined = [(cat([.. batches.Select(batch => batch.Item1)]), cat([.. batches.Select(batch => batch.Item2)]))];

        var windows = Trained("[Accumulate(Steps = 3)]", batches);
        var whole = Trained("", joined);

        Assert.All(whole.Zip(windows), pair => Assert.Equal(pair.First, pair.Second, 2e-6f));

        float[] Trained(string attributes, IReadOnlyList<(Tensor, Tensor)> source)
        {
            manual_seed(3);
            using var model = LoadedModel.Of(Source("CrossEntropy", arguments + ", Optimizer = Optimizer.SGD", attributes, dropout: false), "Samples.Compared");
            model.Call("Fit", source, 5, null, CPU, 0.1);
            return model.Weights();
        }
    }

    [Theory]
    [InlineData(Targets, "")]
    [InlineData(Weights, "")]
    [InlineData(Targets + Smoothing, "")]
    [InlineData(Weights + Smoothing, "")]
    [InlineData(Targets, "[Accumulate(Steps = 2)]")]
    [InlineData(Weights, "[Accumulate(Steps = 2)]")]
    public void Batches_in_which_every_target_is_ignored_change_nothing(string arguments, string attributes)
    {
        var batches = SyntheticData.Batches("CrossEntropy").Select(batch => (batch.Item1, ones_like(batch.Item2))).ToArray();
        using var model = LoadedModel.Of(Source("CrossEntropy", arguments + Ignored + ", Optimizer = Optimizer.SGD", attributes), "Samples.Compared");
        var before = model.Weights();

        var figures = LoadedModel.Figures(model.Call("Fit", batches, 1, null, CPU)!);

        Assert.Equal(before, model.Weights());
        Assert.True(double.IsNaN(figures.Single()["loss"]!.Value));
    }

    [Theory]
    [InlineData("Fit")]
    [InlineData("Evaluate")]
    [InlineData("TestOnBatch")]
    public void Too_few_weights_are_found_in_the_first_batch(string method)
    {
        var batches = SyntheticData.Batches("CrossEntropy");
        using var model = LoadedModel.Of(Source("CrossEntropy", ", ClassWeights = new[] { 1, 2.5 }", ""), "Samples.Compared");
        object?[] arguments = method == "Fit" ? [batches, 1, null, CPU] : method == "Evaluate" ? [batches, CPU] : [batches[0].Item1, batches[0].Item2, CPU];

        var exception = Assert.Throws<ArgumentException>("output", () => model.Call(method, arguments));

        Assert.StartsWith($"{(method == "Evaluate" ? "Validation data: " : string.Empty)}output (8, 3) has 3 classes, but ClassWeights has 2 weights. Give [Compile] a weight for each class", exception.Message);
    }

    private static string Source(string loss, string arguments, string attributes, string member = "", bool dropout = true) => Models.Usings + $$"""
        namespace Samples;

        [Compile(Loss = Loss.{{loss}}{{arguments}})]
        {{attributes}}
        public partial class Compared : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = Sequential(
                Linear(2, 6), Tanh(), Dropout({{(dropout ? "0.25" : "0")}}), Linear(6, 3), {{(loss == "NLL" ? "LogSoftmax(1)" : "Identity()")}});

            public Compared() : base(nameof(Compared)) => RegisterComponents();

            public override Tensor forward(Tensor x) => layers.call(x);

            {{member}}
        }
        """;

    // What a careful person writes without LoopGen.
    private static List<(double Loss, double ValLoss)> HandWritten(
        Twin model, string lossName, string arguments, int window, IReadOnlyList<(Tensor Input, Tensor Target)> batches)
    {
        var hasWeights = arguments.Contains("ClassWeights", StringComparison.Ordinal);
        var dividesByWeights = arguments.Contains("Weights,", StringComparison.Ordinal) || arguments.EndsWith("Divisor.Weights", StringComparison.Ordinal);
        var smoothing = arguments.Contains(Smoothing, StringComparison.Ordinal) ? 0.1 : 0;
        long? ignored = arguments.Contains(Ignored, StringComparison.Ordinal) ? 1 : null;

        using var optimizer = optim.AdamW(model.parameters(), Rate, weight_decay: 0.01);
        using var weight = tensor(ClassWeights);
        using var summed = LossFunction(nn.Reduction.Sum);
        using var single = LossFunction(nn.Reduction.None);
        using var mean = LossFunction(nn.Reduction.Mean);

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
                foreach (var (input, target) in part)
                {
                    var loss = window == 1 ? Mean(model.call(input), target) : summed.call(model.call(input), target);
                    loss.backward();
                    lossSum += window == 1 ? loss.item<float>() * Count(target) : loss.item<float>();
                    inWindow = dividesByWeights ? (float)(inWindow + Count(target)) : inWindow + Count(target);
                }

                count += part.Sum(batch => Count(batch.Target));
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
                foreach (var (input, target) in batches)
                {
                    using var scope = NewDisposeScope();
                    valSum += Mean(model.call(input), target).item<float>() * Count(target);
                    valCount += Count(target);
                }
            }

            figures.Add((lossSum / count, valSum / valCount));
        }

        return figures;

        nn.Module<Tensor, Tensor, Tensor> LossFunction(nn.Reduction reduction)
            => lossName == "NLL" ? nn.NLLLoss(hasWeights ? weight : null, reduction)
                : new CrossEntropyLoss(hasWeights ? weight : null, ignored, reduction, smoothing);

        Tensor Mean(Tensor output, Tensor target)
            => !hasWeights || dividesByWeights ? mean.call(output, target)
                : summed.call(output, target) / tensor((long)Count(target));

        // Of the targets, or of their weights.
        double Count(Tensor target)
        {
            var counted = target.data<long>().ToArray().Where(index => index != ignored);
            return dividesByWeights ? counted.Sum(index => (double)ClassWeights[index]) : counted.Count();
        }
    }

    private sealed class Twin : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> layers;

        public Twin(string loss)
            : base(nameof(Twin))
        {
            this.layers = nn.Sequential(nn.Linear(2, 6), nn.Tanh(), nn.Dropout(0.25), nn.Linear(6, 3), loss == "NLL" ? nn.LogSoftmax(1) : nn.Identity());
            this.RegisterComponents();
        }

        public override Tensor forward(Tensor input) => this.layers.call(input);

        public float[] Weights() => [.. this.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];
    }
}
