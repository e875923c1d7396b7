namespace LoopGen.Tests;

/// <summary>Macro precision, recall and F1, and top-k accuracy, against scikit-learn.</summary>
public sealed class ClassScoresTests : IDisposable
{
    private static readonly int[] UnevenSizes = [9, 9, 5];

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    // precision_score, recall_score, f1_score(targets, scores.argmax(1), average="macro", zero_division=0); with a
    // class ignored, of the rows that remain.
    [Theory]
    [InlineData(null, 0.1375, 0.20714285714285713, 0.16515837104072398)]
    [InlineData(1L, 0.09375, 0.10714285714285714, 0.09999999999999999)]
    public void AgreeWithScikitLearn(long? ignoreIndex, double precision, double recall, double f1)
    {
        Assert.Equal(precision, Over(new Precision(CPU, ignoreIndex: ignoreIndex)), 15);
        Assert.Equal(recall, Over(new Recall(CPU, ignoreIndex: ignoreIndex)), 15);
        Assert.Equal(f1, Over(new F1Score(CPU, ignoreIndex: ignoreIndex)), 15);
    }

    // top_k_accuracy_score(4 - targets, scores[:, ::-1], k=k, labels=range(5)): scikit-learn puts the highest of equal
    // classes first, so the classes are mirrored.
    [Theory]
    [InlineData(null, 1, 0.21739130434782608)]
    [InlineData(null, 2, 0.391304347826087)]
    [InlineData(null, 3, 0.5217391304347826)]
    [InlineData(null, 4, 0.7391304347826086)]
    [InlineData(null, 5, 1.0)]
    [InlineData(1L, 1, 0.16666666666666666)]
    [InlineData(1L, 2, 0.2777777777777778)]
    [InlineData(1L, 3, 0.3888888888888889)]
    [InlineData(1L, 4, 0.6666666666666666)]
    public void TopKAgreesWithScikitLearn(long? ignoreIndex, int k, double expected)
        => Assert.Equal(expected, Over(new TopKAccuracy(CPU, k, ignoreIndex: ignoreIndex)), 15);

    [Fact]
    public void TopOneIsAccuracy()
        => Assert.Equal(Over(new Accuracy(CPU)), Over(new TopKAccuracy(CPU, k: 1)), 15);

    [Theory]
    [InlineData(null)]
    [InlineData(-100L)]
    public void IgnoredTargetsNeedNotBeClasses(long? replacedBy)
    {
        // The same rows counted, whether the others hold class 1 or -100.
        var targets = tensor(ReferenceData.ClassTargets);
        var ignored = replacedBy ?? 1;
        var marked = replacedBy is null ? targets : where(targets.eq(tensor(1L)), full_like(targets, ignored), targets);
        var outputs = tensor(ReferenceData.ClassScores);
        using var f1 = new F1Score(CPU, ignoreIndex: ignored);
        using var top = new TopKAccuracy(CPU, k: 2, ignoreIndex: ignored);
        Assert.Equal(0.09999999999999999, ReferenceData.Over(f1, outputs, marked, UnevenSizes), 15);
        Assert.Equal(0.2777777777777778, ReferenceData.Over(top, outputs, marked, UnevenSizes), 15);
    }

    [Fact]
    public void PlacesOfASequenceCountOneByOne()
    {
        // (N, C, d1): the reference's rows as one sample of 23 places.
        var outputs = tensor(ReferenceData.ClassScores).t().unsqueeze(0);
        var targets = tensor(ReferenceData.ClassTargets).unsqueeze(0);
        using var f1 = new F1Score(CPU);
        using var top = new TopKAccuracy(CPU, k: 2);
        Assert.Equal(0.16515837104072398, ReferenceData.Over(f1, outputs, targets, 1), 15);
        Assert.Equal(0.391304347826087, ReferenceData.Over(top, outputs, targets, 1), 15);
    }

    [Fact]
    public void TakeASingleSample()
    {
        using var recall = new Recall(CPU);
        using var top = new TopKAccuracy(CPU, k: 2);
        recall.Update(tensor(new[] { 1f, 5f, 3f }), tensor(1L));
        top.Update(tensor(new[] { 1f, 5f, 3f }), tensor(2L));
        Assert.Equal(1, recall.Compute());
        Assert.Equal(1, top.Compute());
    }

    [Fact]
    public void EqualOutputsFindNoMoreThanK()
    {
        // A model that says the same of every class is no good: 2 of 4 classes, not 4.
        using var top = new TopKAccuracy(CPU, k: 2);
        top.Update(zeros(4, 4), arange(4L));
        Assert.Equal(0.5, top.Compute());
    }

    [Fact]
    public void NoTargetIsFoundAmongNaN()
    {
        using var top = new TopKAccuracy(CPU, k: 3);
        top.Update(full(2, 3, float.NaN), tensor(new[] { 0L, 2L }));
        Assert.Equal(0, top.Compute());

        // One NaN is enough.
        top.Reset();
        top.Update(tensor(new[,] { { float.NaN, 1f, 2f, 3f } }), tensor(new[] { 3L }));
        Assert.Equal(0, top.Compute());
    }

    [Fact]
    public void AreNotNumbersWhenNothingWasCounted()
    {
        StreamingMetric[] metrics =
        [
            new Precision(CPU), new Recall(CPU), new F1Score(CPU), new TopKAccuracy(CPU),
            new Precision(CPU, ignoreIndex: 0), new Recall(CPU, ignoreIndex: 0), new F1Score(CPU, ignoreIndex: 0), new TopKAccuracy(CPU, 2, ignoreIndex: 0),
        ];
        foreach (var metric in metrics.Skip(4))
        {
            metric.Update(rand(3, 4), zeros(3, ScalarType.Int64));
        }

        Assert.All(metrics, metric => Assert.True(double.IsNaN(metric.Compute())));
        Array.ForEach(metrics, metric => metric.Dispose());
    }

    [Fact]
    public void StartAnewAfterReset()
    {
        using var f1 = new F1Score(CPU);
        f1.Update(rand(3, 7), zeros(3, ScalarType.Int64));
        f1.Reset();

        // Even with another number of classes.
        f1.Update(tensor(new[,] { { 1f, 0f } }), tensor(new[] { 0L }));
        Assert.Equal(1, f1.Compute());
    }

    [Fact]
    public void RefuseWhatDoesNotFit()
    {
        using var precision = new Precision(CPU);
        using var top = new TopKAccuracy(CPU);
        foreach (var metric in new StreamingMetric[] { precision, top })
        {
            var exception = Assert.Throws<ArgumentException>("target", () => metric.Update(rand(4, 6), zeros(4, 1, dtype: int64)));
            Assert.Contains("(4)", exception.Message);
            Assert.Contains("Int64 (4, 1)", exception.Message);
            Assert.Throws<ArgumentException>("output", () => metric.Update(tensor(1f), zeros(1, ScalarType.Int64)));
        }

        precision.Update(rand(4, 6), zeros(4, ScalarType.Int64));
        var other = Assert.Throws<ArgumentException>("output", () => precision.Update(rand(4, 5), zeros(4, ScalarType.Int64)));
        Assert.StartsWith("output has 5 classes, but an earlier batch had 6.", other.Message);

        var few = Assert.Throws<ArgumentException>("output", () => top.Update(rand(4, 3), zeros(4, ScalarType.Int64)));
        Assert.StartsWith("output has 3 classes, fewer than the k of 5: every target would be found.", few.Message);
        Assert.Throws<ArgumentOutOfRangeException>("k", () => new TopKAccuracy(CPU, k: 0));
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    public void TakeOutputsOfEveryFloatingType(ScalarType type)
    {
        using var f1 = new F1Score(CPU);
        using var top = new TopKAccuracy(CPU, k: 1);
        foreach (var metric in new StreamingMetric[] { f1, top })
        {
            metric.Update(tensor(new[,] { { 0.1f, 0.9f }, { 2f, -1f } }, type), tensor(new[] { 1L, 0L }));
            Assert.Equal(1, metric.Compute());
        }
    }

    private static double Over(StreamingMetric metric)
    {
        using (metric)
        {
            return ReferenceData.Over(metric, tensor(ReferenceData.ClassScores), tensor(ReferenceData.ClassTargets), UnevenSizes);
        }
    }
}
