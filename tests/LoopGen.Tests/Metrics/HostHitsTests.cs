namespace LoopGen.Tests;

/// <summary>What the host counts for small outputs is what torch counts for others.</summary>
public sealed class HostHitsTests
{
    [Fact]
    public void CountsClassesAsTorchDoes()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);

        // Few values, so that many are equal, and some NaN.
        var output = randint(0, 3, [500, 4]).to(float32);
        output[7, 2] = float.NaN;
        output[9].fill_(double.NaN);
        var target = randint(0, 4, 500);
        target[3] = -100L;
        foreach (var ignored in new long?[] { -100, 2, null })
        {
            using var onHost = new Accuracy(CPU, ignoreIndex: ignored);
            using var byTorch = new Accuracy(CPU, ignoreIndex: ignored);
            onHost.Update(output, target);
            byTorch.Update(output.to(float64), target);
            Assert.Equal(byTorch.Compute(), onHost.Compute());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void CountsSidesAsTorchDoes(double threshold)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var output = randint(-2, 3, [500, 1]).to(float32).mul_(tensor(0.5f));
        output[7] = float.NaN;
        var target = randint(0, 2, [500, 1]).to(float32);
        using var onHost = new BinaryAccuracy(CPU, threshold);
        using var byTorch = new BinaryAccuracy(CPU, threshold);
        onHost.Update(output, target);
        byTorch.Update(output.to(float64), target.to(float64));
        Assert.Equal(byTorch.Compute(), onHost.Compute());
    }
}
