namespace LoopGen.Tests;

/// <summary>What is said of weights of samples that cannot be.</summary>
public sealed class FirstBatchWeightTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(1)]
    public void ASecondBatchWithAnotherNumberOfWeightsIsRefused(int count)
    {
        var first = new FirstBatch();
        first.CheckSampleWeights(rand(4, 1), zeros(4, 1), ones(4));

        Assert.Throws<ArgumentException>("weight", () => first.CheckSampleWeights(rand(4, 1), zeros(4, 1), ones(count), weightName: "weight"));
    }

    [Fact]
    public void WeightsOfAnotherType() => AssertMessage(
        "weight must be of the type of output, Float32, but is Float64 (4). Convert it: weight.to(torch.float32).",
        zeros(4, dtype: int64),
        ones(4, dtype: float64));

    [Fact]
    public void WeightsThatAreWholeNumbers() => AssertMessage(
        "weight must be of the type of output, Float32, but is Int64 (4). Convert it: weight.to(torch.float32).",
        zeros(4, dtype: int64),
        ones(4, dtype: int64));

    [Fact]
    public void WeightsInAColumn() => AssertMessage(
        "weight must have the shape (4), a weight for each sample, but is Float32 (4, 1). Remove the dimensions of size 1: "
        + "weight.flatten().",
        zeros(4, dtype: int64),
        ones(4, 1));

    [Fact]
    public void TooFewWeights() => AssertMessage(
        "weight must have the shape (4), a weight for each sample, but is Float32 (3). Give one weight for each sample, in the "
        + "order of the samples.",
        zeros(4, dtype: int64),
        ones(3));

    [Fact]
    public void WeightsOfOtherTargets() => AssertMessage(
        "weight must have the shape (4), a weight for each sample, or with further dimensions of target (4, 5, 2), but is "
        + "Float32 (4, 2). Give one weight for each sample, in the order of the samples.",
        zeros(4, 5, 2),
        ones(4, 2));

    [Fact]
    public void OneWeightForAll() => AssertMessage(
        "weight must have the shape (4), a weight for each sample, but is Float32 (). One weight for all is none: give each "
        + "sample its own.",
        zeros(4),
        ones([]));

    [Theory]
    [InlineData(-0.5f, "-0.5")]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void WeightsThatAreNone(float value, string lowest) => AssertMessage(
        $"weight must hold finite numbers, none below 0, but holds values from {lowest} to {(float.IsNaN(value) ? "NaN" : "2")}. "
        + "A weight of 0 leaves a sample out.",
        zeros(3),
        tensor(new[] { 1, value, 2 }));

    [Fact]
    public void InfiniteWeights() => AssertMessage(
        "weight must hold finite numbers, none below 0, but holds values from 1 to Infinity. A weight of 0 leaves a sample out.",
        zeros(2),
        tensor(new[] { 1, float.PositiveInfinity }));

    [Fact]
    public void WeightsThatFitPass()
    {
        new FirstBatch().CheckSampleWeights(rand(4, 3), zeros(4, dtype: int64), zeros(4));
        new FirstBatch().CheckSampleWeights(rand(4, 1), zeros(4, 1), ones(4));
        new FirstBatch().CheckSampleWeights(rand(4, 1), zeros(4, 1), ones(4, 1));
        new FirstBatch().CheckSampleWeights(rand(4, 3, 5), zeros(4, 5, dtype: int64), ones(4, 5));
        new FirstBatch().CheckSampleWeights(rand(4, 5, 2), zeros(4, 5, 2), ones(4, 5));
        new FirstBatch().CheckSampleWeights(rand(4, 2).to_type(bfloat16), zeros(4, 2), ones(4, dtype: bfloat16));
        new FirstBatch().CheckSampleWeights(rand(3), zeros([], int64), ones([]));
        new FirstBatch().CheckSampleWeights(rand(0, 3), zeros(0, dtype: int64), ones(0));
    }

    [Fact]
    public void TheirValuesAreLookedAtInEveryBatchOnTheCpu()
    {
        var first = new FirstBatch();
        var (output, target, weight) = (rand(4, 3), zeros(4, dtype: int64), ones(4));
        first.CheckSampleWeights(output, target, weight);
        weight = full(4, -1f);
        Assert.Throws<ArgumentException>("weight", () => first.CheckSampleWeights(output, target, weight));
        Assert.Throws<ArgumentException>("weight", () => new FirstBatch().CheckSampleWeights(output, target, weight));
    }

    [Fact]
    public void NullIsRefused()
    {
        Assert.Throws<ArgumentNullException>("output", () => new FirstBatch().CheckSampleWeights(null!, ones(2), ones(2), "output"));
        Assert.Throws<ArgumentNullException>("target", () => new FirstBatch().CheckSampleWeights(ones(2), null!, ones(2), null, "target"));
        Assert.Throws<ArgumentNullException>("weight", () => new FirstBatch().CheckSampleWeights(ones(2), ones(2), null!, null, null, "weight"));
    }

    private static void AssertMessage(string message, Tensor target, Tensor weight)
    {
        var output = rand(target.size(0), 10);
        var exception = Assert.Throws<ArgumentException>("weight", () => new FirstBatch().CheckSampleWeights(output, target, weight));
        Assert.Equal($"{message} (Parameter 'weight')", exception.Message);
    }
}
