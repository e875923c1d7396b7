namespace LoopGen.Tests;

/// <summary>Precision, recall, F1 and the area under the ROC curve of yes-or-no answers, against scikit-learn.</summary>
public sealed class BinaryScoresTests : IDisposable
{
    private static readonly int[] UnevenSizes = [12, 12, 5];

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    // precision_score, recall_score, f1_score(truths, probabilities > threshold, zero_division=0)
    [Theory]
    [InlineData(0.5, 0.6923076923076923, 0.75, 0.7199999999999999)]
    [InlineData(0.25, 0.5238095238095238, 0.9166666666666666, 0.6666666666666667)]
    [InlineData(1.0, 0.0, 0.0, 0.0)]
    public void AgreeWithScikitLearn(double threshold, double precision, double recall, double f1)
    {
        Assert.Equal(precision, Over(new BinaryPrecision(CPU, threshold)), 15);
        Assert.Equal(recall, Over(new BinaryRecall(CPU, threshold)), 15);
        Assert.Equal(f1, Over(new BinaryF1Score(CPU, threshold)), 15);
    }

    // roc_auc_score(truths, probabilities)
    [Fact]
    public void RocAucAgreesWithScikitLearn() => Assert.Equal(0.7941176470588235, Over(new RocAuc(CPU)), 15);

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    public void RocAucLooksAtTheOrderAlone(ScalarType type)
    {
        // 0..16 for the 16 values, exact in every type, and as logits of their own.
        var output = tensor(ReferenceData.Probabilities).mul(tensor(20f)).round().sub(tensor(10f)).to_type(type);
        using var area = new RocAuc(CPU);
        Assert.Equal(0.7941176470588235, ReferenceData.Over(area, output, tensor(ReferenceData.Truths), UnevenSizes), 15);
    }

    [Fact]
    public void RocAucCountsPairs()
    {
        var random = new Random(5);
        var scores = Enumerable.Range(0, 200).Select(_ => (float)random.Next(12)).ToArray();
        var truths = scores.Select(score => random.Next(20) < score ? 1f : 0f).ToArray();
        double wins = 0;
        double pairs = 0;
        for (var yes = 0; yes < scores.Length; yes++)
        {
            for (var no = 0; no < scores.Length; no++)
            {
                if (truths[yes] > truths[no])
                {
                    wins += scores[yes] > scores[no] ? 1 : scores[yes] == scores[no] ? 0.5 : 0;
                    pairs++;
                }
            }
        }

        using var area = new RocAuc(CPU);
        Assert.Equal(wins / pairs, ReferenceData.Over(area, tensor(scores), tensor(truths), 64, 64, 64, 8), 15);

        // Reading it changes nothing, and there is more to come.
        Assert.Equal(wins / pairs, area.Compute(), 15);
        area.Reset();
        Assert.True(double.IsNaN(area.Compute()));
        area.Update(tensor(new[] { 1f, 0f }), tensor(new[] { 0f, 1f }));
        Assert.Equal(0, area.Compute());
    }

    [Fact]
    public void RocAucNeedsBothAnswers()
    {
        using var area = new RocAuc(CPU);
        area.Update(rand(4), ones(4));
        Assert.True(double.IsNaN(area.Compute()));
        area.Update(full(1, -1f), zeros(1));
        Assert.Equal(1, area.Compute());
        area.Update(full(1, float.NaN), zeros(1));
        Assert.True(double.IsNaN(area.Compute()));
    }

    [Fact]
    public void RocAucKeepsAnOutputThatIsOverwritten()
    {
        using var area = new RocAuc(CPU);
        var output = tensor(new[] { 0.9f, 0.1f });
        area.Update(output, tensor(new[] { 1f, 0f }));
        output.zero_();
        Assert.Equal(1, area.Compute());
        Assert.False(area.IsCheap);
        Assert.True(new BinaryRecall(CPU).IsCheap);
    }

    [Fact]
    public void ShapesMayBeAny()
    {
        var output = tensor(ReferenceData.Probabilities).narrow(0, 0, 28).reshape(7, 2, 2);
        var target = tensor(ReferenceData.Truths).narrow(0, 0, 28).reshape(7, 2, 2);
        using var f1 = new BinaryF1Score(CPU);
        using var area = new RocAuc(CPU);
        using var flatF1 = new BinaryF1Score(CPU);
        using var flatArea = new RocAuc(CPU);
        Assert.Equal(ReferenceData.Over(flatF1, output.flatten(), target.flatten(), 28), ReferenceData.Over(f1, output, target, 3, 4));
        Assert.Equal(ReferenceData.Over(flatArea, output.flatten(), target.flatten(), 28), ReferenceData.Over(area, output, target, 3, 4));
    }

    [Fact]
    public void AreNotNumbersWhenNothingWasCounted()
    {
        StreamingMetric[] metrics = [new BinaryPrecision(CPU), new BinaryRecall(CPU), new BinaryF1Score(CPU), new RocAuc(CPU)];
        foreach (var metric in metrics)
        {
            Assert.True(double.IsNaN(metric.Compute()));
            metric.Update(rand(3), ones(3));
            metric.Reset();
            Assert.True(double.IsNaN(metric.Compute()));
            var exception = Assert.Throws<ArgumentException>("target", () => metric.Update(rand(4, 1), rand(4)));
            Assert.Contains("(4, 1)", exception.Message);
            metric.Dispose();
            Assert.Throws<ObjectDisposedException>(() => metric.Compute());
        }
    }

    private static double Over(StreamingMetric metric)
    {
        using (metric)
        {
            return ReferenceData.Over(metric, tensor(ReferenceData.Probabilities), tensor(ReferenceData.Truths), UnevenSizes);
        }
    }
}
