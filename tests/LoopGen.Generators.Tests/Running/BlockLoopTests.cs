using LoopGen.Generators.Tests.Infrastructure;
using Xunit;
using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Running;

/// <summary>
/// Layer 4: loops with blocks end with the very bits of loops written by hand with nothing but TorchSharp and the
/// arithmetic that the block stands for: each block alone, and some pairs.
/// </summary>
[Collection<TorchTests>]
public sealed class BlockLoopTests
{
    private const int Epochs = 4;
    private const double Rate = 0.05;

    public static TheoryData<string, string> Compared
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var recipe in BlockRecipes.Alone.Concat(BlockRecipes.Pairs))
            {
                all.Add(recipe.Name, "MSE");
            }

            all.Add("windows", "CrossEntropy");
            all.Add("sample weights", "CrossEntropy");
            all.Add("sample weights and windows", "CrossEntropy");
            all.Add("norm and windows", "CrossEntropy");
            all.Add("windows", "BCEWithLogits");
            return all;
        }
    }

    public static TheoryData<string> PairNames => [.. BlockRecipes.AllPairs.Select(recipe => recipe.Name)];

    [Theory]
    [MemberData(nameof(Compared))]
    public void Emitted_and_hand_written_loops_end_with_the_same_bits(string name, string loss)
    {
        var recipe = BlockRecipes.Alone.Concat(BlockRecipes.Pairs).Single(candidate => candidate.Name == name);
        var batches = Batches(recipe, loss);
        manual_seed(11);
        using var model = LoadedModel.Of(Source(recipe, loss), "Samples.Compared");
        manual_seed(11);
        using var twin = new Twin(OutputsOf(loss));
        Assert.Equal(LoadedModel.State(twin), LoadedModel.State(model.Module));

        manual_seed(5);
        var figures = LoadedModel.Figures(model.Call("Fit", batches, Epochs, batches, CPU, Rate, 5)!);
        manual_seed(5);
        var expected = HandWritten(twin, recipe, loss, SyntheticData.Weighted(loss));

        Assert.Equal(expected.Select(epoch => epoch.Loss), figures.Select(epoch => epoch["loss"]!.Value));
        Assert.Equal(expected.Select(epoch => epoch.ValLoss), figures.Select(epoch => epoch["val_loss"]!.Value));
        Assert.Equal(LoadedModel.State(twin), LoadedModel.State(model.Module));
        if (recipe.Factor is not null || recipe.Plateau is not null)
        {
            // The same formula may round otherwise where it is written otherwise.
            Assert.All(expected.Zip(figures), pair => Assert.Equal(pair.First.Rate, pair.Second["learning_rate"]!.Value, 1e-15));
        }
    }

    [Theory]
    [MemberData(nameof(PairNames))]
    public void Every_pair_trains_with_finite_figures_and_leaves_no_tensor(string name)
    {
        var recipe = BlockRecipes.AllPairs.Single(candidate => candidate.Name == name);
        var batches = Batches(recipe, "MSE");
        manual_seed(1);
        using var model = LoadedModel.Of(Source(recipe, "MSE"), "Samples.Compared");
        _ = LoadedModel.State(model.Module);

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
    [InlineData("MSE", "")]
    [InlineData("CrossEntropy", "")]
    [InlineData("CrossEntropy", ", IgnoreIndex = 1")]
    public void A_window_updates_like_one_batch_of_all_its_samples(string loss, string argument)
    {
        var batches = SyntheticData.Batches(loss);
        IReadOnlyList<(Tensor, Tensor)> joined = [(cat([.. batches.Select(batch => batch.Item1)]), cat([.. batches.Select(batch => batch.Item2)]))];

        // Without batch normalization and dropout, whose work depends on the batches.
        var windows = Trained("[Accumulate(Steps = 3)]", batches);
        var whole = Trained("", joined);

        Assert.Equal(whole.Length, windows.Length);
        Assert.All(whole.Zip(windows), pair => Assert.Equal(pair.First, pair.Second, 2e-6f));

        float[] Trained(string attributes, IReadOnlyList<(Tensor, Tensor)> source)
        {
            manual_seed(3);
            using var model = LoadedModel.Of(
                Models.Usings + $$"""
                namespace Samples;

                [Compile(Optimizer = Optimizer.SGD, Loss = Loss.{{loss}}{{argument}})]
                {{attributes}}
                public partial class Compared : Module<Tensor, Tensor>
                {
                    private readonly Module<Tensor, Tensor> layers = Sequential(Linear(2, 6), Tanh(), Linear(6, {{OutputsOf(loss)}}));

                    public Compared() : base(nameof(Compared)) => RegisterComponents();

                    public override Tensor forward(Tensor x) => layers.call(x);
                }
                """,
                "Samples.Compared");
            model.Call("Fit", source, 5, null, CPU, 0.1);
            return model.Weights();
        }
    }

    [Fact]
    public void A_plateau_without_validation_data_is_refused_before_anything_is_touched()
    {
        var batches = SyntheticData.Batches("CrossEntropy");
        manual_seed(1);
        using var model = LoadedModel.Of(Models.Plateau, "Samples.Blocks.Patient");
        var before = model.Weights();

        var exception = Assert.Throws<ArgumentNullException>(() => model.Call("Fit", batches, 1, null, CPU));

        Assert.Matches(@"^\[Schedule\] watches val_\w+: give Fit validation data", exception.Message);
        Assert.Equal(before, model.Weights());
    }

    [Fact]
    public void A_schedule_without_an_end_says_what_it_needs()
    {
        using var model = LoadedModel.Of(Models.Scheduled, "Samples.Blocks.Tides");

        var exception = Assert.Throws<InvalidOperationException>(() => model.Call("Fit", Endless(), 1, null, CPU));

        Assert.Contains("DecaySteps", exception.Message);

        static IEnumerable<(Tensor, Tensor)> Endless()
        {
            foreach (var batch in SyntheticData.Batches("MSE"))
            {
                yield return batch;
            }
        }
    }

    private static object Batches(BlockRecipe recipe, string loss) => recipe.IsWeighted ? SyntheticData.Weighted(loss) : SyntheticData.Batches(loss);

    private static string Source(BlockRecipe recipe, string loss) => Models.Usings + $$"""
        namespace Samples;

        [Compile(Optimizer = Optimizer.AdamW, Loss = Loss.{{loss}})]
        {{recipe.Attributes}}
        public partial class Compared : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = Sequential(Linear(2, 6), BatchNorm1d(6), ReLU(), Dropout(0.25), Linear(6, {{OutputsOf(loss)}}));

            public Compared() : base(nameof(Compared)) => RegisterComponents();

            public override Tensor forward(Tensor x) => layers.call(x);

            {{recipe.Member}}
        }
        """;

    private static int OutputsOf(string loss) => loss == "CrossEntropy" ? 3 : 1;

    // What a careful person writes without LoopGen.
    private static List<(double Loss, double ValLoss, double Rate)> HandWritten(
        Twin model, BlockRecipe recipe, string lossName, IReadOnlyList<(Tensor Input, Tensor Target, Tensor Weight)> batches)
    {
        using var optimizer = optim.AdamW(model.parameters(), Rate, weight_decay: 0.01);
        using var mean = LossFunction(nn.Reduction.Mean);
        using var summed = LossFunction(nn.Reduction.Sum);
        using var single = LossFunction(nn.Reduction.None);
        var windows = batches.Chunk(recipe.Window).ToArray();
        var total = (long)windows.Length * Epochs;
        var averages = model.state_dict().Values.Select(tensor => tensor.detach().clone()).ToArray();
        var plateau = recipe.Plateau?.Invoke();
        double plateauFactor = 1, rate = Rate, best = double.PositiveInfinity;
        var epochsWithout = 0;
        Tensor[] bestState = [];
        long step = 0, averaged = 0;

        var figures = new List<(double, double, double)>();
        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            model.train();
            double lossSum = 0;
            long count = 0;
            foreach (var window in windows)
            {
                using var scope = NewDisposeScope();
                if (recipe.IsSeededByStep)
                {
                    manual_seed(Mix(5, step));
                }

                optimizer.zero_grad();
                var targets = 0L;
                foreach (var (input, target, weight) in window)
                {
                    var loss = Loss(model.call(input), target, weight, isSummed: recipe.Window > 1);
                    loss.backward();
                    targets += target.numel();
                    lossSum += recipe.Window > 1 ? loss.item<float>() : loss.item<float>() * (double)target.numel();
                }

                count += targets;
                var gradients = model.parameters().Select(parameter => parameter.grad!).ToArray();
                using (no_grad())
                {
                    if (recipe.Window > 1)
                    {
                        foreach (var gradient in gradients)
                        {
                            gradient.div_(targets);
                        }
                    }

                    recipe.Clip?.Invoke(gradients);
                }

                rate = Rate * (recipe.Factor?.Invoke(step, total) ?? plateauFactor);
                foreach (var group in optimizer.ParamGroups)
                {
                    group.LearningRate = rate;
                }

                optimizer.step();
                if (recipe.Share is { } share)
                {
                    MoveAverages(model, averages, share(step));
                    averaged++;
                }

                step++;
            }

            if (recipe.AverageFrom <= epoch)
            {
                MoveAverages(model, averages, 1.0 / (averaged + 1));
                averaged++;
            }

            // Evaluated are the averages, where there are any.
            var weights = averaged > 0 ? Swap(model, averages) : null;
            model.eval();
            double valSum = 0;
            using (no_grad())
            {
                foreach (var (input, target, weight) in batches)
                {
                    using var scope = NewDisposeScope();
                    valSum += Loss(model.call(input), target, weight, isSummed: false).item<float>() * (double)target.numel();
                }
            }

            // What was evaluated is kept where it is the best.
            epochsWithout = valSum / count < best ? 0 : epochsWithout + 1;
            if (epochsWithout == 0)
            {
                best = valSum / count;
                bestState = [.. model.state_dict().Values.Select(tensor => tensor.detach().clone())];
            }

            var isLast = epoch == Epochs || epochsWithout >= recipe.Patience;
            if (weights is not null && !isLast)
            {
                Swap(model, weights);
            }

            plateauFactor = plateau?.Invoke(valSum / count) ?? 1;
            figures.Add((lossSum / count, valSum / count, rate));
            if (isLast)
            {
                break;
            }
        }

        if (recipe.Patience is not null)
        {
            Swap(model, bestState);
        }

        return figures;

        Tensor Loss(Tensor output, Tensor target, Tensor weight, bool isSummed)
        {
            if (!recipe.IsWeighted)
            {
                return (isSummed ? summed : mean).call(output, target);
            }

            // Targets of one column, or of none.
            var losses = single.call(output, target) * (target.dim() == 2 ? weight.unsqueeze(1) : weight);
            return isSummed ? losses.sum() : losses.mean();
        }

        nn.Module<Tensor, Tensor, Tensor> LossFunction(nn.Reduction reduction) => lossName switch
        {
            "CrossEntropy" => nn.CrossEntropyLoss(reduction: reduction),
            "BCEWithLogits" => nn.BCEWithLogitsLoss(reduction: reduction),
            _ => nn.MSELoss(reduction),
        };
    }

    // average + share * (weight - average), counters as they are.
    private static void MoveAverages(nn.Module model, Tensor[] averages, double share)
    {
        using var noGrad = no_grad();
        foreach (var (average, value) in averages.Zip(model.state_dict().Values))
        {
            if (value.is_floating_point())
            {
                average.lerp_(value, tensor(share, value.dtype));
            }
            else
            {
                average.copy_(value);
            }
        }
    }

    private static Tensor[] Swap(nn.Module model, Tensor[] values)
    {
        using var noGrad = no_grad();
        var state = model.state_dict().Values.ToArray();
        var before = state.Select(tensor => tensor.detach().clone()).ToArray();
        foreach (var (tensor, value) in state.Zip(values))
        {
            tensor.copy_(value);
        }

        return before;
    }

    private sealed class Twin : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> layers;

        public Twin(long outputs)
            : base(nameof(Twin))
        {
            this.layers = nn.Sequential(nn.Linear(2, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Dropout(0.25), nn.Linear(6, outputs));
            this.RegisterComponents();
        }

        public override Tensor forward(Tensor input) => this.layers.call(input);
    }

    // SplitMix64 (Steele, Lea, Flood 2014), once over the seed and once over its sum with the step.
    private static long Mix(long seed, long step)
    {
        return unchecked((long)Finalize(Finalize((ulong)seed) + (ulong)step));

        static ulong Finalize(ulong value)
        {
            unchecked
            {
                value += 0x9E3779B97F4A7C15;
                value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
                value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
                return value ^ (value >> 31);
            }
        }
    }
}
