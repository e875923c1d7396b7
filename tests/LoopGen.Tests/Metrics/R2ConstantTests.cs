namespace LoopGen.Tests;

/// <summary>Targets that are all equal, which no figure explains: 1 where all was right, 0 where not.</summary>
public sealed class R2ConstantTests
{
    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(0.1, 7)]
    [InlineData(0.1, 100)]
    [InlineData(1e9 / 3, 7)]
    [InlineData(-1.0 / 3, 3)]
    public void IsZeroOrOneWhateverTheBatches(double value, int batchSize)
    {
        foreach (var type in new[] { float64, float32 })
        {
            using var scope = NewDisposeScope();
            var target = full(100, value, dtype: type);
            Assert.Equal(0, Score(target.mul(tensor(2.0, dtype: type)), target, batchSize));
            Assert.Equal(1, Score(target, target, batchSize));

            // One of two outputs is constant: scikit-learn's mean of the two.
            var varied = arange(100, dtype: type);
            var both = stack([target, varied], dim: 1);
            var guess = stack([target.mul(tensor(2.0, dtype: type)), varied], dim: 1);
            Assert.Equal(0.5, Score(guess, both, batchSize), 1e-12);
        }
    }

    private static double Score(Tensor output, Tensor target, int batchSize)
    {
        using var metric = new R2Score(CPU);
        foreach (var (part, partTarget) in Batches.FromTensors(output, target, batchSize))
        {
            metric.Update(part, partTarget);
        }

        return metric.Compute();
    }
}
