namespace LoopGen.Tests;

public sealed class ClassWeightsTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void SumsTheWeightsOfTheTargets()
    {
        var weights = tensor(new[] { 1f, 2.5f, 0.3f });
        var target = tensor(new[] { 0L, 2, 2, 1, 0, 2 }, [2, 3]);
        var sum = ClassWeights.Sum(weights, target);

        Assert.Equal(float64, sum.dtype);
        Assert.Equal(0, sum.dim());
        Assert.Equal(1 + 2.5 + 1 + (3 * (double)0.3f), sum.ToDouble(), 15);
    }

    [Theory]
    [InlineData(-100)]
    [InlineData(1)]
    [InlineData(7)]
    public void LeavesOutThoseThatAreIgnored(long ignored)
    {
        var weights = tensor(new[] { 1f, 2.5f, 0.25f });
        var target = tensor(new[] { ignored, 0, 2, ignored, 2 });
        using var index = ignored.ToScalar();

        Assert.Equal(1.5, ClassWeights.Sum(weights, target, index).ToDouble());
        Assert.Equal(0, ClassWeights.Sum(weights, full(3, ignored, int64), index).ToDouble());
        Assert.Equal(0, ClassWeights.Sum(weights, zeros(0, int64)).ToDouble());
    }

    /// <summary>Torch's mean is its sum divided by this.</summary>
    [Theory]
    [InlineData(-1L)]
    [InlineData(2L)]
    public void IsWhatTorchDividesBy(long ignored)
    {
        manual_seed(3);
        var weights = rand(5) + 0.1;
        var output = randn(64, 5, 3);
        var target = randint(5, [64, 3], int64);
        target.narrow(0, 0, 8).fill_(ignored);
        using var index = ignored.ToScalar();

        var mean = nn.functional.cross_entropy(output, target, weights, ignored);
        var sum = nn.functional.cross_entropy(output, target, weights, ignored, nn.Reduction.Sum);

        Assert.Equal(mean.ToDouble(), sum.ToDouble() / ClassWeights.Sum(weights, target, index).ToDouble(), 1e-6);
    }

    [Fact]
    public void LeavesNoTensorAndNoGradientBehind()
    {
        var weights = ones(3, requires_grad: true);
        var target = tensor(new[] { 0L, 1, 2 });
        using var index = 1L.ToScalar();
        LiveTensors.AssertNoneLeft(() => ClassWeights.Sum(weights, target).Dispose());
        LiveTensors.AssertNoneLeft(() => ClassWeights.Sum(weights, target, index).Dispose());
        Assert.False(ClassWeights.Sum(weights, target, index).requires_grad);
    }

    [Fact]
    public void RefusesNull()
    {
        Assert.Throws<ArgumentNullException>("weights", () => ClassWeights.Sum(null!, zeros(1, int64)));
        Assert.Throws<ArgumentNullException>("target", () => ClassWeights.Sum(ones(2), null!));
    }

    [Theory]
    [InlineData(2, "output (4, 3) has 3 classes, but ClassWeights has 2 weights. Give [Compile] a weight for each class, in the order of the classes.")]
    [InlineData(4, "output (4, 3) has 3 classes, but ClassWeights has 4 weights. Give [Compile] a weight for each class, in the order of the classes.")]
    public void AsManyWeightsAsClassesAreChecked(int count, string message) => AssertMessage(message, rand(4, 3), ones(count));

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public void TheTypeOfTheOutputIsChecked(ScalarType type) => AssertMessage(
        $"output must be Float32 like the weights of its classes, but is {type} (4, 3). End forward with .to(torch.float32).",
        rand(4, 3).to_type(type),
        ones(3));

    [Fact]
    public void WeightsAreComparedInEveryBatch()
    {
        var first = new FirstBatch();
        var output = rand(4, 3, 2);
        first.CheckClassWeights(output, ones(3));
        first.CheckClassWeights(output, ones(3));
        output = rand(4, 9);
        Assert.Throws<ArgumentException>("output", () => first.CheckClassWeights(output, ones(3)));

        new FirstBatch().CheckClassWeights(rand(3), ones(3));
        Assert.Throws<ArgumentNullException>("weights", () => new FirstBatch().CheckClassWeights(output, null!));
        Assert.Throws<ArgumentNullException>("output", () => new FirstBatch().CheckClassWeights(null!, ones(3), "output"));
    }

    private static void AssertMessage(string message, Tensor output, Tensor weights)
    {
        var exception = Assert.Throws<ArgumentException>("output", () => new FirstBatch().CheckClassWeights(output, weights));
        Assert.Equal($"{message} (Parameter 'output')", exception.Message);
    }
}
