namespace LoopGen.Tests;

/// <summary>Every metric goes on in the middle of an epoch, to the same bits.</summary>
public sealed class MetricStateTests : IDisposable
{
    private const int Batches = 5;

    /// <summary>Ways to make each metric; several where its totals differ.</summary>
    private static readonly Dictionary<Type, (Kind Kind, Func<StreamingMetric>[] Make)> Metrics = new()
    {
        [typeof(Accuracy)] = (Kind.Classes, [() => new Accuracy(CPU), () => new Accuracy(CPU, ignoreIndex: 1)]),
        [typeof(TopKAccuracy)] = (Kind.Classes, [() => new TopKAccuracy(CPU, k: 2), () => new TopKAccuracy(CPU, k: 2, ignoreIndex: 1)]),
        [typeof(Precision)] = (Kind.Classes, [() => new Precision(CPU), () => new Precision(CPU, ignoreIndex: 1)]),
        [typeof(Recall)] = (Kind.Classes, [() => new Recall(CPU), () => new Recall(CPU, ignoreIndex: 1)]),
        [typeof(F1Score)] = (Kind.Classes, [() => new F1Score(CPU), () => new F1Score(CPU, ignoreIndex: 1)]),
        [typeof(BinaryAccuracy)] = (Kind.Truths, [() => new BinaryAccuracy(CPU)]),
        [typeof(BinaryPrecision)] = (Kind.Truths, [() => new BinaryPrecision(CPU)]),
        [typeof(BinaryRecall)] = (Kind.Truths, [() => new BinaryRecall(CPU)]),
        [typeof(BinaryF1Score)] = (Kind.Truths, [() => new BinaryF1Score(CPU)]),
        [typeof(RocAuc)] = (Kind.Truths, [() => new RocAuc(CPU)]),
        [typeof(MeanAbsoluteError)] = (Kind.Numbers, [() => new MeanAbsoluteError(CPU)]),
        [typeof(MeanSquaredError)] = (Kind.Numbers, [() => new MeanSquaredError(CPU)]),
        [typeof(R2Score)] = (Kind.Numbers, [() => new R2Score(CPU)]),
    };

    private readonly OneThread oneThread = new();

    private enum Kind
    {
        Classes,
        Truths,
        Numbers,
    }

    public static TheoryData<Type> Types =>
        [.. typeof(StreamingMetric).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(StreamingMetric)) && !type.IsAbstract)];

    public void Dispose() => oneThread.Dispose();

    [Theory]
    [MemberData(nameof(Types))]
    public void GoesOnToTheSameBits(Type type)
    {
        Assert.True(Metrics.TryGetValue(type, out var metric), $"Tell above how to make {type.Name}.");
        LiveTensors.AssertNoneLeft(() =>
        {
            foreach (var make in metric.Make)
            {
                for (var saved = 0; saved <= Batches; saved++)
                {
                    AssertGoesOn(make, metric.Kind, saved);
                }
            }
        });
    }

    [Fact]
    public void TheMeanGoesOnToTheSameBits()
    {
        Action<Mean, Tensor>[] updates =
        [
            (mean, value) => mean.Update(value, count: 3),
            (mean, value) => mean.UpdateSum(value, count: 3),
            (mean, value) => mean.Update(value, tensor(3L)),
            (mean, value) => mean.UpdateSum(value, tensor(2.5)),
        ];
        using var scope = NewDisposeScope();
        manual_seed(3);
        var values = Enumerable.Range(0, 12).Select(_ => rand([], float32)).ToArray();
        for (var saved = 0; saved <= values.Length; saved++)
        {
            using var whole = new Mean(CPU);
            using var second = new Mean(CPU);
            second.Update(tensor(1e6), count: 1);
            second.UpdateSum(tensor(1e6), tensor(7L));
            for (var index = 0; index <= values.Length; index++)
            {
                if (index == saved)
                {
                    Assert.Empty(StateFile.Move(whole, second));
                    AssertSameBits(whole.Compute(), second.Compute());
                }

                if (index < values.Length)
                {
                    updates[index % updates.Length](whole, values[index]);
                    if (index >= saved)
                    {
                        updates[index % updates.Length](second, values[index]);
                    }
                }
            }

            AssertSameBits(whole.Compute(), second.Compute());
            second.Reset();
            Assert.Equal(double.NaN, second.Compute());
        }
    }

    [Fact]
    public void AnotherMetricOfTheNameIsNoticed()
    {
        using var counts = new Accuracy(CPU);
        using var ignoring = new Accuracy(CPU, ignoreIndex: 0);
        using var errors = new MeanAbsoluteError(CPU);
        Assert.NotEmpty(StateFile.Move(counts, ignoring));
        Assert.NotEmpty(StateFile.Move(counts, errors));
        Assert.NotEmpty(StateFile.Move(errors, counts));
    }

    /// <summary>Said before anything is touched, not after the first epoch.</summary>
    [Fact]
    public void AMetricWithoutAStateIsRefusedAtTheBeginning()
    {
        using var folder = new TemporaryFolder();
        using var run = new TestRun();
        using var metric = new Stateless();
        using var roc = new RocAuc(CPU);
        roc.Update(rand(4), ones(4));
        using var checkpoints = new Checkpoints(run.Run, folder["checkpoints"], "words");
        checkpoints.TrackTotals(roc, metric);

        LiveTensors.AssertNoneLeft(() => Assert.Equal(
            "The totals of Stateless cannot be saved: override SaveState and LoadState, so that a training with [Checkpoint] can go "
            + "on in the middle of an epoch.",
            Assert.Throws<NotSupportedException>(() => checkpoints.Begin(true)).Message));
        Assert.Empty(folder.Names);

        var figure = Assert.Throws<NotSupportedException>(() => checkpoints.TrackTotals(new CountedFigure("figure")));
        Assert.Contains("let it implement IStateful", figure.Message);
    }

    private static void AssertGoesOn(Func<StreamingMetric> make, Kind kind, int saved)
    {
        using var scope = NewDisposeScope();
        using var whole = make();
        using var second = make();
        manual_seed(7);

        // What is counted there already is replaced, also by nothing.
        Update(second, kind);
        Update(second, kind);
        for (var batch = 0; batch <= Batches; batch++)
        {
            if (batch == saved)
            {
                using (NewDisposeScope())
                {
                    Assert.Empty(StateFile.Move(whole, second));
                }

                AssertSameBits(whole.Compute(), second.Compute());
            }

            if (batch < Batches)
            {
                manual_seed(batch);
                Update(whole, kind);
                if (batch >= saved)
                {
                    manual_seed(batch);
                    Update(second, kind);
                }
            }
        }

        AssertSameBits(whole.Compute(), second.Compute());
        Assert.True(double.IsFinite(whole.Compute()));
        second.Reset();
        Assert.Equal(double.NaN, second.Compute());
    }

    private static void Update(StreamingMetric metric, Kind kind)
    {
        using var scope = NewDisposeScope();
        switch (kind)
        {
            case Kind.Classes:
                metric.Update(randn(6, 4), randint(0, 4, [6], ScalarType.Int64));
                break;
            case Kind.Truths:
                metric.Update(rand(6), rand(6).round());
                break;
            default:
                metric.Update(randn(6, 3), randn(6, 3));
                break;
        }
    }

    private static void AssertSameBits(double expected, double value) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));

    private sealed class Stateless() : StreamingMetric("stateless")
    {
        public override void Update(Tensor output, Tensor target)
        {
        }

        public override void Reset()
        {
        }

        public override double Compute() => 0;
    }
}
