namespace LoopGen.Tests;

public sealed class SampleWeightsTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void SumsTheWeightsOfTheTargets()
    {
        var weight = tensor(new[] { 0.5f, 2, 0 });
        var sum = SampleWeights.Sum(weight, zeros(3));

        Assert.Equal(float64, sum.dtype);
        Assert.Equal(0, sum.dim());
        Assert.Equal(2.5, sum.ToDouble());
    }

    [Fact]
    public void CountsTheWeightOfASampleForEachOfItsTargets()
    {
        var weight = tensor(new[] { 0.5f, 2, 0 });
        Assert.Equal(2.5 * 4 * 2, SampleWeights.Sum(weight, zeros(3, 4, 2)).ToDouble());
        Assert.Equal(6 * 2, SampleWeights.Sum(ones(3, 2), zeros(3, 2, 2)).ToDouble());
        Assert.Equal(6, SampleWeights.Sum(ones(3, 2), zeros(3, 2)).ToDouble());
        Assert.Equal(3, SampleWeights.Sum(tensor(3f), zeros([])).ToDouble());
        Assert.Equal(0, SampleWeights.Sum(zeros(0), zeros(0, 5)).ToDouble());
    }

    [Theory]
    [InlineData(-100)]
    [InlineData(1)]
    [InlineData(7)]
    public void MultipliesThemWithTheWeightsOfClassesAndLeavesOutWhatIsIgnored(long ignored)
    {
        var weight = tensor(new[] { 0.5f, 2, 4 });
        var classWeights = tensor(new[] { 1f, 2.5f, 0.25f });
        var target = tensor(new[] { ignored, 0, 2, ignored, 2, 0 }, [3, 2]);
        using var index = ignored.ToScalar();

        Assert.Equal(0.5 + 2 + 8, SampleWeights.Sum(weight, target, ignoreIndex: index).ToDouble());
        Assert.Equal(0.5 + (2 * 0.25) + (4 * 1.25), SampleWeights.Sum(weight, target, classWeights, index).ToDouble());
        Assert.Equal(0, SampleWeights.Sum(weight, full([3, 2], ignored, int64), classWeights, index).ToDouble());
        Assert.Equal(0, SampleWeights.Sum(weight, full([3, 2], ignored, int64), ignoreIndex: index).ToDouble());
    }

    [Fact]
    public void WithoutWeightsOfSamplesItIsTheSumOfTheClasses()
    {
        var classWeights = tensor(new[] { 1f, 2.5f, 0.3f });
        var target = tensor(new[] { 0L, 2, 2, 1, 0, 2 }, [2, 3]);
        Assert.Equal(ClassWeights.Sum(classWeights, target).ToDouble(), SampleWeights.Sum(ones(2), target, classWeights).ToDouble());
    }

    /// <summary>A sum in half precision would be 2048 at most, where one more is no more.</summary>
    [Fact]
    public void IsExactForWeightsOfLittlePrecision()
        => Assert.Equal(5000, SampleWeights.Sum(ones(5000, dtype: float16), zeros(5000, dtype: float16)).ToDouble());

    [Fact]
    public void LeavesNoTensorAndNoGradientBehind()
    {
        var weight = ones(3, requires_grad: true);
        var classWeights = ones(3);
        var target = tensor(new[] { 0L, 1, 2 });
        using var index = 1L.ToScalar();
        LiveTensors.AssertNoneLeft(() => SampleWeights.Sum(weight, target).Dispose());
        LiveTensors.AssertNoneLeft(() => SampleWeights.Sum(weight, target, classWeights, index).Dispose());
        Assert.False(SampleWeights.Sum(weight, target).requires_grad);
    }

    [Fact]
    public void RefusesNull()
    {
        Assert.Throws<ArgumentNullException>("weight", () => SampleWeights.Sum(null!, zeros(1)));
        Assert.Throws<ArgumentNullException>("target", () => SampleWeights.Sum(ones(2), null!));
    }
}
