using System.Globalization;

namespace LoopGen.Tests;

/// <summary>Rules for stopping, averages, best weights and histories go on from a file.</summary>
public sealed class TrainingStateTests : IDisposable
{
    private readonly OneThread oneThread = new();

    public void Dispose() => oneThread.Dispose();

    [Fact]
    public void EarlyStoppingDecidesAlikeFromEveryEpoch()
    {
        var random = new Random(1);
        for (var round = 0; round < 12; round++)
        {
            var values = Enumerable.Range(0, 12)
                .Select(_ => random.Next(40) == 0 ? double.PositiveInfinity : Math.Round(random.NextDouble(), 2))
                .ToArray();
            var kind = round;
            for (var saved = 0; saved <= values.Length; saved++)
            {
                var (whole, second) = (New(), New());
                second.Update(double.NaN);
                for (var epoch = 0; epoch <= values.Length; epoch++)
                {
                    if (epoch == saved)
                    {
                        Assert.Empty(StateFile.Move(whole, second));
                    }

                    if (epoch < values.Length)
                    {
                        var isBest = whole.Update(values[epoch]);
                        Assert.True(epoch < saved || isBest == second.Update(values[epoch]));
                    }
                }

                Assert.Equal(Everything(whole), Everything(second));
            }

            EarlyStopping New() => new(
                "val_loss", patience: 3, minDelta: kind % 2 * 0.1, isHigherBetter: kind % 3 == 0, baseline: kind % 4 == 0 ? 0.5 : null,
                warmupEpochs: kind % 5, stoppingThreshold: kind % 4 == 1 ? 0.05 : null, divergenceThreshold: kind % 4 == 2 ? 0.95 : null);
        }

        static string Everything(EarlyStopping rule) => string.Create(
            CultureInfo.InvariantCulture, $"{rule.Epochs} {rule.Best} {rule.BestEpoch} {rule.EpochsWithoutImprovement} {rule.Reason}");
    }

    [Fact]
    public void AnotherRuleIsNoticed()
    {
        EarlyStopping[] rules =
        [
            new("val_loss"), new("val_accuracy"), new("val_loss", patience: 4), new("val_loss", minDelta: 0.1), new("val_loss", isHigherBetter: true),
            new("val_loss", baseline: 0.5), new("val_loss", warmupEpochs: 1), new("val_loss", stoppingThreshold: 0), new("val_loss", divergenceThreshold: 9),
        ];
        Assert.All(rules, from => Assert.All(rules, to => Assert.Equal(from == to, StateFile.Move(from, to).Count == 0)));
    }

    [Fact]
    public void AveragesGoOnBitForBit()
    {
        Func<nn.Module, AveragedWeights>[] kinds =
            [model => new AveragedWeights(model, 0.9), model => new AveragedWeights(model, 0.9, warmup: false), AveragedWeights.Equal];
        foreach (var make in kinds)
        {
            using var model = new FileModel();
            using var other = new FileModel();
            LiveTensors.AssertNoneLeft(() =>
            {
                using var whole = make(model);
                using var optimizer = optim.SGD(model.parameters(), 0.1);
                Train(model, optimizer, whole);
                using var second = make(other);
                using (NewDisposeScope())
                {
                    Assert.Empty(StateFile.Move(new StatefulModel(model), new StatefulModel(other)));
                    Assert.Empty(StateFile.Move(whole, second));
                }

                Assert.Equal(whole.Updates, second.Updates);
                using var otherOptimizer = optim.SGD(other.parameters(), 0.1);
                Train(model, optimizer, whole);
                Train(other, otherOptimizer, second);
                whole.CopyToModel();
                second.CopyToModel();
                Assert.Equal(StateCopy.Of(model), StateCopy.Of(other));
            });
        }

        static void Train(FileModel model, optim.Optimizer optimizer, AveragedWeights averages)
        {
            manual_seed(4);
            for (var step = 0; step < 3; step++)
            {
                model.Train(optimizer, steps: 1);
                averages.Update();
            }
        }
    }

    [Fact]
    public void OtherAveragesAreNoticed()
    {
        using var model = new FileModel();
        using var wider = new FileModel(inputs: 5);
        using var averages = new AveragedWeights(model, 0.9);
        using var slower = new AveragedWeights(model, 0.99);
        using var plain = new AveragedWeights(model, 0.9, warmup: false);
        using var equal = AveragedWeights.Equal(model);
        using var wide = new AveragedWeights(wider, 0.9);
        averages.Update();
        Assert.Equal(["part.decay is \"0.99\" here, but \"0.9\" in the file"], StateFile.Move(averages, slower));
        Assert.Equal(["part.warmup is \"0\" here, but \"1\" in the file"], StateFile.Move(averages, plain));
        Assert.Equal(2, StateFile.Move(averages, equal).Count);
        Assert.Equal(["'part.Hidden.weight' is Float32 (4, 5) here, but Float32 (4, 3) in the file"], StateFile.Move(averages, wide));
        Assert.All([slower, plain, equal, wide], other => Assert.Equal(0, other.Updates));
        using (averages.SwapIn())
        {
            Assert.Throws<InvalidOperationException>(() => StateFile.Move(averages, slower));
            Assert.Throws<InvalidOperationException>(() => StateFile.Move(slower, averages));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BestWeightsAreKeptAgain(bool isTied)
    {
        using var model = isTied ? (nn.Module)new TiedModel() : new FileModel();
        using var other = isTied ? (nn.Module)new TiedModel() : new FileModel();
        LiveTensors.AssertNoneLeft(() =>
        {
            using var best = new BestWeights(model);
            using var second = new BestWeights(other);

            // Nothing was kept: what is there goes.
            second.Keep();
            Assert.Empty(StateFile.Move(best, second));
            Assert.False(second.IsKept);

            best.Keep();
            var own = StateCopy.Of(other);
            using (NewDisposeScope())
            {
                Assert.Empty(StateFile.Move(best, second));
                Assert.Empty(StateFile.Move(best, second));
            }

            Assert.Equal(own, StateCopy.Of(other));
            second.CopyToModel();
            Assert.Equal(StateCopy.Of(model), StateCopy.Of(other));
            second.Keep();
            second.CopyToModel();
        });
    }

    [Fact]
    public void BestWeightsOfAnotherModelAreNoticed()
    {
        using var model = new FileModel();
        using var wider = new FileModel(inputs: 5);
        using var tied = new TiedModel();
        LiveTensors.AssertNoneLeft(() =>
        {
            using var best = new BestWeights(model);
            using var wide = new BestWeights(wider);
            using var other = new BestWeights(tied);
            best.Keep();
            wide.Keep();
            Assert.Equal(["the best 'Hidden.weight' is Float32 (4, 5) here, but Float32 (4, 3) in the file"], StateFile.Move(best, wide));
            Assert.Equal(["the best weights in the file are not those of TiedModel"], StateFile.Move(best, other));
            Assert.True(wide.IsKept);
            Assert.False(other.IsKept);
            var before = StateCopy.Of(wider);
            wide.CopyToModel();
            Assert.Equal(before, StateCopy.Of(wider));
        });
    }

    [Fact]
    public void TiedWeightsStayTied()
    {
        using var model = new TiedModel();
        using var other = new TiedModel();
        Assert.Empty(StateFile.Move(new StatefulModel(model), new StatefulModel(other)));
        Assert.Equal(StateCopy.Of(model), StateCopy.Of(other));
        Assert.Same(other.First.weight, other.Second.weight);
    }

    [Fact]
    public void AHistoryKeepsEveryBitOfItsFigures()
    {
        var history = new History<TestLog>();
        double?[] values = [0.1, double.NaN, double.PositiveInfinity, double.Epsilon, -0.0, null, 1 / 3.0];
        foreach (var (index, value) in values.Index())
        {
            history.Add(new TestLog(index + 1, ("loss", value)));
        }

        var loaded = new History<TestLog>();
        Assert.Empty(StateFile.Move(Stateful(history), Stateful(loaded)));
        Assert.Equal(values.Select(Bits), loaded.Select(log => Bits(log.Values[0].Value)));
        Assert.Equal(history.Select(log => log.Epoch), loaded.Select(log => log.Epoch));

        static long? Bits(double? value) => value is { } number ? BitConverter.DoubleToInt64Bits(number) : null;
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("[{\"epoch\":null}]")]
    [InlineData("[{\"epoch\":1}]")]
    [InlineData("{\"epoch\":1}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void AHistoryOfNonsenseIsNoticed(string text)
    {
        var loaded = new History<TestLog>();
        Assert.Single(StateFile.Move(new Text(text), Stateful(loaded)));
        Assert.Empty(loaded);
    }

    private static StatefulHistory<TestLog> Stateful(History<TestLog> history) =>
        new(history, (epoch, figures) => new TestLog(epoch, ("loss", figures["loss"])));

    private sealed class Text(string text) : IStateful
    {
        public void SaveState(StateWriter state) => state.Write("epochs", text);

        public void LoadState(StateReader state) => throw new NotSupportedException();
    }
}
