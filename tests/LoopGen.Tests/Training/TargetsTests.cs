namespace LoopGen.Tests;

/// <summary>What a mean over classes is divided by, against what torch's own mean divides by.</summary>
public sealed class TargetsTests
{
    [Theory]
    [InlineData(-100)]
    [InlineData(1)]
    public void CountsWhatTorchTakesTheMeanOver(long ignored)
    {
        using var scope = NewDisposeScope();
        var output = rand(5, 3, 7);
        var target = randint(0, 3, [5, 7]);
        target[2, 3] = ignored;
        target[4] = tensor(ignored);
        Check(output, target, ignored);
        Check(output, target.t().contiguous().t(), ignored);
        Check(rand(3), tensor(2L), ignored);
        Check(rand(3), tensor(ignored), ignored);

        // Torch takes a class to ignore only where there are classes.
        Check(output, rand(5, 3, 7), Math.Min(ignored, -100));
        Check(rand(5, 3), rand(5, 3), Math.Min(ignored, -100));
        Check(rand(3), rand(3), Math.Min(ignored, -100));
        Check(rand(0, 3), zeros(0, dtype: int64), ignored);
    }

    [Fact]
    public void LeavesOutTorchsIndexByDefault()
    {
        using var scope = NewDisposeScope();
        var target = tensor(new[] { 0L, 2L, 1L, -100L });
        var count = Targets.Count(rand(4, 3), target);
        Assert.Equal(3, count.item<long>());
        using var mean = new Mean(CPU);
        mean.Update(full([], 2f), count: count);
        mean.Update(full([], 1f), count: Targets.Count(rand(1, 3), zeros(1, dtype: int64)));
        mean.UpdateSum(full([], 3f), count: count);
        Assert.Equal((2f * 3 + 1 + 3) / 7, mean.Compute(), 1e-6);
    }

    [Fact]
    public void LeavesOneTensorAlone()
    {
        using var output = rand(4, 3);
        using var target = zeros(4, dtype: int64);
        LiveTensors.AssertNoneLeft(() => Targets.Count(output, target).Dispose());
        LiveTensors.AssertNoneLeft(() => Targets.Count(output, output).Dispose());
        Assert.Throws<ArgumentNullException>("output", () => Targets.Count(null!, target));
        Assert.Throws<ArgumentNullException>("target", () => Targets.Count(output, null!));
    }

    private static void Check(Tensor output, Tensor target, long ignored)
    {
        using var summed = nn.CrossEntropyLoss(ignore_index: ignored, reduction: nn.Reduction.Sum);
        using var averaged = nn.CrossEntropyLoss(ignore_index: ignored);
        var count = Targets.Count(output, target, ignored);
        Assert.Equal(int64, count.dtype);
        Assert.Equal(0, count.dim());
        var mean = averaged.call(output, target).item<float>();
        Assert.Equal(mean, summed.call(output, target).item<float>() / count.item<long>(), 1e-5f);
    }
}
