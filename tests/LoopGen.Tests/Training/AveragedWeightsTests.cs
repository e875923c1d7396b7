using System.Globalization;
using TorchSharp.Modules;

namespace LoopGen.Tests;

public sealed class AveragedWeightsTests
{
    public static TheoryData<string> References => new("equal", "0.5", "0.9", "0.999");

    [Theory]
    [MemberData(nameof(References))]
    public void GivesPyTorchsAverages(string kind)
    {
        using var model = new WaveModel();
        var averages = kind == "equal" ? AveragedWeights.Equal(model) : null;
        var updates = 0;
        foreach (var (update, expected) in ReadReference(kind))
        {
            model.Set(update);
            if (averages is null)
            {
                // PyTorch's first update takes the weights as they are: ours begins with them.
                var decay = double.Parse(kind, CultureInfo.InvariantCulture);
                averages = new AveragedWeights(model, decay, warmup: false);
                continue;
            }

            averages.Update();
            updates++;
            Assert.Equal(updates, averages.Updates);
            using (averages.SwapIn())
            {
                foreach (var (value, average) in expected.Zip(model.Values))
                {
                    Assert.Equal(value, average, 1e-15);
                }
            }
        }

        Assert.InRange(updates, 11, 12);
        averages!.Dispose();
    }

    /// <summary>Values that float32 holds exactly, so that every way of computing gives the same bits.</summary>
    [Fact]
    public void FollowsItsFormulaBitForBit()
    {
        using var model = new WaveModel(float32);
        model.Fill(8);
        using var averages = new AveragedWeights(model, decay: 0.75, warmup: false);
        float[] weights = [8, 16, -8, 0, 4];
        var expected = 8f;
        foreach (var weight in weights)
        {
            model.Fill(weight);
            averages.Update();
            expected = (0.75f * expected) + (0.25f * weight);
            Assert.All(Averages(averages, model), value => Assert.Equal(expected, value));
        }
    }

    [Fact]
    public void BeginsWithASmallDecay()
    {
        using var model = new WaveModel();
        model.Fill(1);
        using var averages = new AveragedWeights(model, decay: 0.5);
        var expected = 1.0;
        for (var n = 0; n < 20; n++)
        {
            var weight = Math.Sin(n);
            model.Fill(weight);
            averages.Update();

            // (1 + 8) / (10 + 8) is 0.5.
            var d = n >= 8 ? 0.5 : (1.0 + n) / (10 + n);
            expected = (d * expected) + ((1 - d) * weight);
            Assert.All(Averages(averages, model), value => Assert.Equal(expected, value, 1e-15));
        }
    }

    /// <summary>0.999 and 0.001 in float32 do not add up to 1: with them an average of ones is not 1.</summary>
    [Fact]
    public void KeepsWhatDoesNotChange()
    {
        using var model = new WaveModel(float32);
        model.Fill(0.1);
        using var averages = new AveragedWeights(model);
        for (var step = 0; step < 500; step++)
        {
            averages.Update();
        }

        Assert.All(Averages(averages, model), value => Assert.Equal(0.1f, value));
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void AveragesNarrowWeightsInFloat32(ScalarType type)
    {
        using var model = new WaveModel(type);
        model.Fill(1);
        using var averages = new AveragedWeights(model, decay: 0.999, warmup: false);
        model.Fill(2);
        for (var step = 0; step < 1000; step++)
        {
            averages.Update();
        }

        // 2 - 0.999^1000, where an average in the weights' own type would still be 1.
        Assert.All(Averages(averages, model), value => Assert.Equal(1.6323, value, 0.01));
        Assert.All(model.Values, value => Assert.Equal(2, value));
    }

    [Fact]
    public void TakesBatchNormalisationAlong()
    {
        manual_seed(2);
        using var model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4));
        using var averages = AveragedWeights.Equal(model);
        using var means = zeros(4);
        for (var step = 1; step <= 5; step++)
        {
            using var scope = NewDisposeScope();
            model.call(randn(8, 3));
            averages.Update();
            using var noGrad = no_grad();
            means.add_(Buffer(model, "running_mean"));
        }

        using (averages.SwapIn())
        {
            using var mean = means.div(5);
            Assert.True(Buffer(model, "running_mean").allclose(mean, 1e-5, 1e-7));
            Assert.Equal(5L, Buffer(model, "num_batches_tracked").ToInt64());
        }

        using var changed = Buffer(model, "running_mean").sub(means.div(5)).abs().max();
        Assert.True(changed.ToSingle() > 1e-3);
    }

    [Fact]
    public void AveragesASharedParameterOnce()
    {
        using var first = nn.Linear(2, 2, hasBias: false);
        using var second = nn.Linear(2, 2, hasBias: false);
        second.weight = first.weight;
        using var model = nn.Sequential(first, second);
        LiveTensors.AssertNoneLeft(() =>
        {
            nn.init.constant_(first.weight!, 0).DetachFromDisposeScope();
            var before = LiveTensors.Count;
            using var averages = new AveragedWeights(model, decay: 0.5, warmup: false);
            Assert.Equal(before + 1, LiveTensors.Count);
            nn.init.constant_(first.weight!, 8).DetachFromDisposeScope();
            averages.Update();
            averages.CopyToModel();
            Assert.All(first.weight!.data<float>().ToArray(), value => Assert.Equal(4, value));
        });
    }

    /// <summary>Evaluating the averages in between changes nothing of what is learned.</summary>
    [Theory]
    [InlineData("Adam")]
    [InlineData("SGD")]
    public void SwappingLeavesTheTrainingAsItWas(string name)
    {
        var without = Train(name, isSwapped: false);
        var with = Train(name, isSwapped: true);
        Assert.Equal(without, with);
    }

    [Fact]
    public void SwapsTheAveragesInAndOut()
    {
        using var model = new WaveModel(float32);
        model.Fill(0);
        using var averages = new AveragedWeights(model, decay: 0.5, warmup: false);
        model.Fill(3);
        averages.Update();
        var parameters = model.parameters().ToList();
        var swap = averages.SwapIn();
        Assert.All(model.Values, value => Assert.Equal(1.5, value));
        Assert.Equal(parameters, model.parameters());
        swap.Dispose();
        Assert.All(model.Values, value => Assert.Equal(3, value));

        // Disposed again, it ends no later swap.
        using var later = averages.SwapIn();
        swap.Dispose();
        Assert.All(model.Values, value => Assert.Equal(1.5, value));
    }

    [Fact]
    public void CopiesTheAveragesAtTheEnd()
    {
        using var model = new WaveModel(float32);
        model.Fill(0);
        using var averages = new AveragedWeights(model, decay: 0.5, warmup: false);
        model.Fill(3);
        averages.Update();
        averages.CopyToModel();
        Assert.All(model.Values, value => Assert.Equal(1.5, value));
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void LeavesTheModelBeforeTheFirstUpdate()
    {
        using var model = new WaveModel(float32);
        model.Fill(0);
        using var averages = AveragedWeights.Equal(model);
        model.Fill(3);
        using (averages.SwapIn())
        {
            Assert.All(model.Values, value => Assert.Equal(3, value));
        }

        averages.CopyToModel();
        Assert.All(model.Values, value => Assert.Equal(3, value));
    }

    [Fact]
    public void FreesEverything()
    {
        using var model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4));
        LiveTensors.AssertNoneLeft(() =>
        {
            using var scope = NewDisposeScope();
            AveragedWeights averages;
            using (NewDisposeScope())
            {
                averages = new AveragedWeights(model);
            }

            var before = LiveTensors.Count;
            for (var step = 0; step < 200; step++)
            {
                averages.Update();
                Assert.Equal(before, LiveTensors.Count);
            }

            using (averages.SwapIn())
            {
                Assert.True(LiveTensors.Count > before);
            }

            Assert.Equal(before, LiveTensors.Count);
            averages.CopyToModel();
            Assert.Equal(before, LiveTensors.Count);
            Assert.Equal(0, scope.DisposablesCount);
            averages.Dispose();
            averages.Dispose();
            Assert.True(is_grad_enabled());
        });
        LiveTensors.AssertNoneLeft(() =>
        {
            using var narrow = new WaveModel(bfloat16);
            using var averages = new AveragedWeights(narrow);
            averages.Update();
        });
    }

    /// <summary>Tensors of the meta device have no values: whatever waits for one throws.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WaitsForNoValue(bool isEqual)
    {
        using var model = nn.Sequential(nn.Linear(3, 4, device: META), nn.BatchNorm1d(4, device: META));
        using var averages = isEqual ? AveragedWeights.Equal(model) : new AveragedWeights(model);
        Assert.ThrowsAny<Exception>(() => model.parameters().First().sum().ToSingle());
        averages.Update();
        averages.Update();
        averages.SwapIn().Dispose();
        averages.CopyToModel();
        Assert.All(model.parameters(), parameter => Assert.Equal(DeviceType.META, parameter.device_type));
    }

    [Fact]
    public void PutsTheWeightsBackWhenItIsDisposed()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            using var model = new WaveModel(float32);
            model.Fill(0);
            var averages = new AveragedWeights(model, decay: 0.5, warmup: false);
            model.Fill(3);
            averages.Update();
            var swap = averages.SwapIn();
            averages.Dispose();
            Assert.All(model.Values, value => Assert.Equal(3, value));
            swap.Dispose();
        });
    }

    [Fact]
    public void RefusesToBeUsedWhileSwappedIn()
    {
        using var model = new WaveModel();
        using var averages = new AveragedWeights(model);
        averages.Update();
        using (averages.SwapIn())
        {
            var exception = Assert.Throws<InvalidOperationException>(averages.SwapIn);
            Assert.Equal(
                "The averages are in the model, so they cannot be swapped in again: dispose what SwapIn() returned "
                + "first.",
                exception.Message);
            Assert.Throws<InvalidOperationException>(averages.Update);
            Assert.Throws<InvalidOperationException>(averages.CopyToModel);
        }

        averages.Update();
        averages.Dispose();
        Assert.Throws<ObjectDisposedException>(averages.SwapIn);
        Assert.Throws<ObjectDisposedException>(averages.Update);
        Assert.Throws<ObjectDisposedException>(averages.CopyToModel);
    }

    [Fact]
    public void ExplainsAModelThatHasChanged()
    {
        using var model = new WaveModel();
        using var averages = new AveragedWeights(model);
        model.register_buffer("late", zeros(1));
        var exception = Assert.Throws<InvalidOperationException>(averages.Update);
        Assert.Equal(
            "WaveModel has other parameters or buffers than when its averages were made.", exception.Message);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void RefusesWrongArguments(double decay)
    {
        using var model = new WaveModel();
        var exception = Assert.Throws<ArgumentOutOfRangeException>("decay", () => new AveragedWeights(model, decay));
        Assert.StartsWith("decay must be at least 0 and less than 1.", exception.Message);
        Assert.Throws<ArgumentNullException>("model", () => new AveragedWeights(null!));
        Assert.Throws<ArgumentNullException>("model", () => AveragedWeights.Equal(null!));
    }

    private static float[] Train(string name, bool isSwapped)
    {
        manual_seed(4);
        using var model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 1));
        using optim.Optimizer optimizer = name == "Adam"
            ? optim.Adam(model.parameters(), 0.01)
            : optim.SGD(model.parameters(), 0.01, momentum: 0.9);
        using var averages = new AveragedWeights(model);
        for (var step = 0; step < 20; step++)
        {
            using var scope = NewDisposeScope();
            model.zero_grad();
            model.call(randn(8, 3)).square().mean().backward();
            optimizer.step();
            averages.Update();
            if (isSwapped && step % 5 == 4)
            {
                using var swap = averages.SwapIn();
                using var noGrad = no_grad();
                model.call(ones(2, 3));
            }
        }

        return [.. model.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];
    }

    private static IEnumerable<double> Averages(AveragedWeights averages, WaveModel model)
    {
        using var swap = averages.SwapIn();
        return model.Values;
    }

    private static Tensor Buffer(nn.Module model, string name) =>
        model.named_buffers().Single(pair => pair.name.EndsWith(name, StringComparison.Ordinal)).buffer;

    private static IEnumerable<(int Update, double[] Values)> ReadReference(string kind)
    {
        using var stream = typeof(AveragedWeightsTests).Assembly.GetManifestResourceStream("averages.csv")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            if (fields[0] == kind)
            {
                var values = fields.Skip(2).Select(value => double.Parse(value, CultureInfo.InvariantCulture));
                yield return (int.Parse(fields[1], CultureInfo.InvariantCulture), [.. values]);
            }
        }
    }

    /// <summary>Three parameters and two buffers that are set by hand.</summary>
    private sealed class WaveModel : nn.Module
    {
        private readonly Parameter weight;
        private readonly Tensor statistics;

        public WaveModel(ScalarType type = ScalarType.Float64)
            : base(nameof(WaveModel))
        {
            weight = nn.Parameter(zeros(3, type));
            statistics = zeros(2, type);
            RegisterComponents();
        }

        public double[] Values => [.. new Tensor[] { weight, statistics }.SelectMany(tensor =>
        {
            using var wide = tensor.to_type(float64);
            return wide.data<double>().ToArray();
        })];

        public void Fill(double value)
        {
            using var noGrad = no_grad();
            weight.fill_(value);
            statistics.fill_(value);
        }

        public void Set(int k)
        {
            using var noGrad = no_grad();
            using var waves = tensor(new[] { Math.Sin(k), Math.Sin(k + 1), Math.Sin(k + 2) });
            using var others = tensor(new[] { Math.Cos(k), Math.Cos(k + 1) });
            weight.copy_(waves);
            statistics.copy_(others);
        }
    }
}
