namespace LoopGen.Tests;

/// <summary>What passes; <see cref="FirstBatchMessageTests"/> has what does not.</summary>
public sealed class FirstBatchTests
{
    [Fact]
    public void AcceptsClassIndices()
    {
        using var scope = NewDisposeScope();
        Accepts(rand(6, 3), randint(3, 6));
        Accepts(rand(6, 3, 4), randint(3, [6, 4]));
        Accepts(rand(6, 3, 4, 5), randint(3, [6, 4, 5]));
        Accepts(rand(3), tensor(2L));
        Accepts(rand(6, 3, dtype: ScalarType.BFloat16), randint(3, 6));
        Accepts(rand(0, 3), zeros(0, dtype: int64));

        static void Accepts(Tensor output, Tensor target) => new FirstBatch().CheckClassTargets(output, target);
    }

    [Fact]
    public void AcceptsTheIgnoredIndex()
    {
        using var scope = NewDisposeScope();
        var target = tensor(new[] { 0L, -100L, 2L });
        new FirstBatch().CheckClassTargets(rand(3, 3), target, ignoreIndex: -100);
        new FirstBatch().CheckClassTargets(rand(3, 3), full(3, -100L, dtype: int64), ignoreIndex: -100);
        new FirstBatch().CheckClassTargets(rand(3, 3), tensor(new[] { 0L, 255L, 2L }), ignoreIndex: 255);
        Assert.Throws<ArgumentException>("target", () => new FirstBatch().CheckClassTargets(rand(3, 3), target));
    }

    [Fact]
    public void AcceptsNumbersOfTheSameShape()
    {
        using var scope = NewDisposeScope();
        var output = rand(6, 3).requires_grad_(true);
        new FirstBatch().CheckSameShape(output, rand(6, 3));
        new FirstBatch().CheckSameShape(rand([]), rand([]));
        new FirstBatch().CheckProbabilityTargets(output, rand(6, 3));
        new FirstBatch().CheckProbabilityTargets(rand(2), tensor(new[] { 0f, 1f }));
        new FirstBatch().CheckProbabilityTargets(rand(0), rand(0));
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void MakesNoTensorInLaterBatches()
    {
        using var output = rand(6, 3);
        using var target = randint(3, 6);
        using var same = rand(6, 3);
        var firstBatch = new FirstBatch();
        firstBatch.CheckClassTargets(output, target);
        firstBatch.CheckSameShape(output, target: same);
        firstBatch.CheckProbabilityTargets(output, target: same);

        var created = LiveTensors.Created;
        for (var batch = 0; batch < 3; batch++)
        {
            firstBatch.CheckClassTargets(output, target);
            firstBatch.CheckSameShape(output, target: same);
            firstBatch.CheckProbabilityTargets(output, target: same);
        }

        Assert.Equal(created, LiveTensors.Created);
    }

    [Fact]
    public void ChecksEveryPairOfNamesForItself()
    {
        using var output = rand(6, 3);
        using var target = randint(3, 6);
        using var second = rand(6);
        var firstBatch = new FirstBatch();
        firstBatch.CheckClassTargets(output, target);
        Assert.Throws<ArgumentException>("second", () => firstBatch.CheckClassTargets(output, second));
    }

    [Fact]
    public void ChecksAgainAfterAFailure()
    {
        using var output = rand(6, 3);
        using var target = rand(6);
        var firstBatch = new FirstBatch();
        Assert.Throws<ArgumentException>("target", () => firstBatch.CheckClassTargets(output, target));
        Assert.Throws<ArgumentException>("target", () => firstBatch.CheckClassTargets(output, target));
    }

    [Fact]
    public void LeavesNoTensorBehind()
    {
        using var output = rand(6, 3).requires_grad_(true);
        using var target = randint(3, 6);
        using var same = rand(6, 3);
        LiveTensors.AssertNoneLeft(() =>
        {
            new FirstBatch().CheckClassTargets(output, target);
            new FirstBatch().CheckClassTargets(output, target, ignoreIndex: 0);
            new FirstBatch().CheckSameShape(output, same);
            new FirstBatch().CheckProbabilityTargets(output, same);
        });
        LiveTensors.AssertNoneLeft(() => Assert.Throws<ArgumentException>(
            () => new FirstBatch().CheckClassTargets(same, target.add_(9))));
    }

    [Fact]
    public void RefusesNothing()
    {
        using var output = rand(6, 3);
        Tensor? target = null;
        var firstBatch = new FirstBatch();
        Assert.Throws<ArgumentNullException>("target", () => firstBatch.CheckClassTargets(output, target!));
        Assert.Throws<ArgumentNullException>("target", () => firstBatch.CheckSameShape(output, target!));
        Assert.Throws<ArgumentNullException>("target", () => firstBatch.CheckSameShape(target!, output));
        Assert.Throws<ArgumentNullException>("target", () => firstBatch.CheckProbabilityTargets(output, target!));
    }
}
