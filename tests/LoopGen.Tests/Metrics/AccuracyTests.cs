namespace LoopGen.Tests;

public sealed class AccuracyTests
{
    /// <summary>Three batches of 7, 7 and 2 samples.</summary>
    private static readonly int[] UnevenSizes = [7, 7, 2];

    [Fact]
    public void CountsTheHighestOutput()
    {
        using var accuracy = new Accuracy(CPU);
        using var output = tensor(new[,] { { 0.1f, 0.9f }, { 2f, -1f }, { -5f, -4f } });
        using var target = tensor(new[] { 1L, 0L, 0L });
        accuracy.Update(output, target);
        Assert.Equal(2.0 / 3, accuracy.Compute(), 15);
        Assert.Equal("accuracy", accuracy.Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3L)]
    [InlineData(-100L)]
    public void AgreesWithALoopOverSamples(long? ignoreIndex)
    {
        var random = new Random(11);
        using var accuracy = new Accuracy(CPU, ignoreIndex: ignoreIndex);
        var hits = 0;
        var count = 0;
        foreach (var size in UnevenSizes)
        {
            var scores = new float[size, 5];
            var classes = new long[size];
            for (var sample = 0; sample < size; sample++)
            {
                var best = 0;
                for (var column = 0; column < 5; column++)
                {
                    scores[sample, column] = random.NextSingle();
                    best = scores[sample, column] > scores[sample, best] ? column : best;
                }

                classes[sample] = random.Next(3) == 0 ? ignoreIndex ?? 4 : random.Next(2) == 0 ? best : random.Next(5);
                if (classes[sample] != ignoreIndex)
                {
                    count++;
                    hits += classes[sample] == best ? 1 : 0;
                }
            }

            using var output = tensor(scores);
            using var target = tensor(classes);
            accuracy.Update(output, target);
        }

        Assert.InRange(hits, 1, count - 1);
        Assert.Equal((double)hits / count, accuracy.Compute(), 15);
    }

    [Fact]
    public void CountsEveryPlaceOfASequence()
    {
        // (N, C, d1) = (1, 2, 3): per place the higher of two scores.
        using var accuracy = new Accuracy(CPU);
        using var output = tensor(new[, ,] { { { 1f, 0f, 3f }, { 0f, 1f, 2f } } });
        using var target = tensor(new[,] { { 0L, 1L, 1L } });
        accuracy.Update(output, target);
        Assert.Equal(2.0 / 3, accuracy.Compute(), 15);
    }

    [Fact]
    public void TakesASingleSample()
    {
        using var accuracy = new Accuracy(CPU);
        using var output = tensor(new[] { 1f, 5f, 3f });
        using var target = tensor(1L);
        accuracy.Update(output, target);
        Assert.Equal(1, accuracy.Compute());
    }

    [Fact]
    public void IsNotANumberWhenNothingWasCounted()
    {
        using var all = new Accuracy(CPU);
        using var some = new Accuracy(CPU, ignoreIndex: 0);
        using var output = tensor(new[,] { { 1f, 0f } });
        using var target = tensor(new[] { 0L });
        some.Update(output, target);
        Assert.True(double.IsNaN(all.Compute()));
        Assert.True(double.IsNaN(some.Compute()));
    }

    [Fact]
    public void StartsAnewAfterReset()
    {
        using var accuracy = new Accuracy(CPU, ignoreIndex: -100);
        using var output = tensor(new[,] { { 1f, 0f } });
        using var wrong = tensor(new[] { 1L });
        using var right = tensor(new[] { 0L });
        accuracy.Update(output, wrong);
        accuracy.Reset();
        accuracy.Update(output, right);
        Assert.Equal(1, accuracy.Compute());
    }

    [Fact]
    public void RefusesATargetThatWouldBroadcast()
    {
        using var accuracy = new Accuracy(CPU);
        using var output = zeros(4, 3);
        using var target = zeros(4, 1, dtype: int64);
        var exception = Assert.Throws<ArgumentException>("target", () => accuracy.Update(output, target));
        Assert.Contains("(4)", exception.Message);
        Assert.Contains("Int64 (4, 1)", exception.Message);

        using var scalar = tensor(1f);
        Assert.Throws<ArgumentException>("output", () => accuracy.Update(scalar, target));
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    public void TakesOutputsOfEveryFloatingType(ScalarType type)
    {
        using var accuracy = new Accuracy(CPU);
        using var output = tensor(new[,] { { 0.1f, 0.9f }, { 2f, -1f } }, type);
        using var target = tensor(new[] { 1L, 1L });
        accuracy.Update(output, target);
        Assert.Equal(0.5, accuracy.Compute());
    }
}
