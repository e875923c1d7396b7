namespace LoopGen.Tests;

public sealed class BinaryAccuracyTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.0)]
    [InlineData(0.9)]
    public void AgreesWithALoopOverElements(double threshold)
    {
        var random = new Random(5);
        using var accuracy = new BinaryAccuracy(CPU, threshold);
        var hits = 0;
        var count = 0;
        foreach (var size in new[] { 9, 9, 4 })
        {
            var scores = Enumerable.Range(0, size).Select(_ => (random.NextSingle() * 2) - 0.5f).ToArray();
            var truths = Enumerable.Range(0, size).Select(_ => (float)random.Next(2)).ToArray();
            for (var sample = 0; sample < size; sample++)
            {
                count++;
                hits += (scores[sample] > threshold) == (truths[sample] == 1) ? 1 : 0;
            }

            using var output = tensor(scores);
            using var target = tensor(truths);
            accuracy.Update(output, target);
        }

        Assert.InRange(hits, 1, count - 1);
        Assert.Equal((double)hits / count, accuracy.Compute(), 15);
    }

    [Fact]
    public void TakesAValueAtTheThresholdForANo()
    {
        using var accuracy = new BinaryAccuracy(CPU);
        using var output = tensor(new[] { 0.5f, 0.5f, 0.51f });
        using var target = tensor(new[] { 0f, 1f, 1f });
        accuracy.Update(output, target);
        Assert.Equal(2.0 / 3, accuracy.Compute(), 15);
    }

    [Fact]
    public void TakesTruthsOfEveryType()
    {
        using var accuracy = new BinaryAccuracy(CPU, name: "binary");
        using var output = tensor(new[] { 0.9f, 0.2f });
        using var flags = tensor(new[] { true, true });
        using var numbers = tensor(new[] { 1L, 0L });
        accuracy.Update(output, flags);
        accuracy.Update(output, numbers);
        Assert.Equal(0.75, accuracy.Compute());
        Assert.Equal("binary", accuracy.Name);
    }

    [Fact]
    public void RefusesATargetThatWouldBroadcast()
    {
        using var accuracy = new BinaryAccuracy(CPU);
        using var output = zeros(4, 1);
        using var target = zeros(4);
        var exception = Assert.Throws<ArgumentException>("target", () => accuracy.Update(output, target));
        Assert.Contains("(4, 1)", exception.Message);
    }

    [Fact]
    public void StartsAnewAfterReset()
    {
        using var accuracy = new BinaryAccuracy(CPU);
        using var output = tensor(new[] { 0.9f });
        using var wrong = tensor(new[] { 0f });
        accuracy.Update(output, wrong);
        Assert.Equal(0, accuracy.Compute());
        accuracy.Reset();
        Assert.True(double.IsNaN(accuracy.Compute()));
    }
}
