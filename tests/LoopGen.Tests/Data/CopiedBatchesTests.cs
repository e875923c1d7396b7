namespace LoopGen.Tests;

/// <summary>What is done to a batch in place must not reach the data.</summary>
public sealed class CopiedBatchesTests
{
    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 3)]
    [InlineData(false, 8)]
    [InlineData(false, 100)]
    public void LeavesTheDataAsTheyAre(bool shuffle, int batchSize)
    {
        using var scope = NewDisposeScope();
        var (input, target, weight) = (ones(8, 2), ones(8), ones(8));
        var batches = Batches.FromTensors(input, target, batchSize, shuffle, seed: 1);
        var (train, heldOut) = batches.Split(0.25);
        foreach (var (x, y) in batches.Concat(train).Concat(heldOut!).Concat(train.StartAt(1, 0)))
        {
            x.zero_();
            y.zero_();
        }

        foreach (var x in Batches.FromTensor(input, batchSize))
        {
            x.zero_();
        }

        foreach (var (x, y, w) in Batches.FromTensors(input, target, weight, batchSize, shuffle))
        {
            x.zero_();
            y.zero_();
            w.zero_();
        }

        Assert.All(new[] { input, target, weight }, data => Assert.Equal(1, data.min().item<float>()));
    }

    [Fact]
    public void CopiesAPartThatDoesNotStandInARow()
    {
        using var scope = NewDisposeScope();
        var columns = arange(12, dtype: float32).reshape(6, 2);
        var input = columns.t();
        foreach (var batch in Batches.FromTensor(input, 1))
        {
            batch.zero_();
        }

        Assert.Equal(11, columns.max().item<float>());
    }

    [Theory]
    [InlineData(10, 0.9, 1)]
    [InlineData(10, 0.8, 2)]
    [InlineData(100, 0.9, 10)]
    [InlineData(10, 0.7, 3)]
    [InlineData(1000, 0.001, 999)]
    [InlineData(9, 2.0 / 3, 3)]
    [InlineData(9, 1.0 / 3, 6)]
    [InlineData(7, 0.5, 3)]
    [InlineData(100, 0.119, 88)]
    public void SplitsByTheDecimalNumber(int samples, double fraction, int kept)
    {
        using var input = zeros(samples, 1);
        var (train, heldOut) = Batches.FromTensor(input, 1).Split(fraction);
        Assert.Equal((kept, samples - kept), (train.Count, heldOut!.Count));
    }

    [Fact]
    public void SplitsEveryHundredthRight()
    {
        foreach (var samples in new[] { 100, 200, 1000, 70_000 })
        {
            using var input = zeros(samples, 1);
            for (var percent = 1; percent < 100; percent++)
            {
                var (train, _) = Batches.FromTensor(input, 1).Split(percent / 100.0);
                Assert.Equal(samples / 100 * (100 - percent), train.Count);
            }
        }
    }
}
