namespace LoopGen.Tests;

public sealed class MeanTests
{
    [Fact]
    public void WeighsEveryBatchByItsCount()
    {
        using var mean = new Mean(CPU, "loss");
        using var first = tensor(2.0);
        using var last = tensor(5.0);
        mean.Update(first, 64);
        mean.Update(last, 8);

        // (2 * 64 + 5 * 8) / 72, not (2 + 5) / 2.
        Assert.Equal(168.0 / 72, mean.Compute(), 15);
        Assert.Equal("loss", mean.Name);
    }

    [Fact]
    public void IsNotANumberWhenNothingWasCounted()
    {
        using var mean = new Mean(CPU);
        Assert.True(double.IsNaN(mean.Compute()));

        using var value = tensor(3.0);
        mean.Update(value, 4);
        mean.Reset();
        Assert.True(double.IsNaN(mean.Compute()));
    }

    [Fact]
    public void WeighsEveryBatchByTheSumOfItsWeights()
    {
        using var mean = new Mean(CPU);
        using var first = tensor(2f);
        using var heavy = tensor(6.5);
        using var last = tensor(5f);
        using var light = tensor(0.25f);
        mean.Update(first, heavy);
        mean.UpdateSum(last, light);
        Assert.Equal(((2 * 6.5) + 5) / 6.75, mean.Compute(), 15);

        // Counts and weights go together.
        mean.Update(last, 2);
        Assert.Equal(((2 * 6.5) + 5 + 10) / 8.75, mean.Compute(), 15);

        mean.Reset();
        mean.Update(last, light);
        Assert.Equal(5, mean.Compute(), 15);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(3)]
    public void AddsNothingForAWeightOfZero(double value)
    {
        using var mean = new Mean(CPU);
        using var nothing = tensor(value);
        using var none = tensor(0.0);
        mean.Update(nothing, none);
        Assert.True(double.IsNaN(mean.Compute()));
        mean.Update(tensor(4.0), tensor(0.5));
        Assert.Equal(4, mean.Compute());
    }

    [Fact]
    public void StartsAnewAfterReset()
    {
        using var mean = new Mean(CPU);
        using var first = tensor(100.0);
        using var second = tensor(3.0);
        using var two = tensor(2L);
        mean.Update(first, two);
        mean.Update(first, 5);
        mean.Reset();
        mean.Update(second, 2);
        Assert.Equal(3, mean.Compute());
    }

    [Fact]
    public void ResetsFromNaN()
    {
        using var mean = new Mean(CPU);
        using var nan = tensor(double.NaN);
        using var value = tensor(1.5);
        mean.Update(nan, 1);
        Assert.True(double.IsNaN(mean.Compute()));
        mean.Reset();
        mean.Update(value, 1);
        Assert.Equal(1.5, mean.Compute());
    }

    [Fact]
    public void AddsNothingForACountOfZero()
    {
        using var mean = new Mean(CPU);
        using var nan = tensor(float.NaN);
        using var value = tensor(1.5f);
        using var zero = tensor(0L);
        using var three = tensor(3L);
        mean.Update(nan, 0);
        mean.Update(nan, zero);
        Assert.True(double.IsNaN(mean.Compute()));

        mean.Update(value, three);
        mean.Update(nan, zero);
        Assert.Equal(1.5, mean.Compute());
    }

    [Fact]
    public void KeepsANaNThatWasMeasured()
    {
        using var mean = new Mean(CPU);
        using var nan = tensor(float.NaN);
        using var value = tensor(1f);
        using var one = tensor(1L);
        mean.Update(value, one);
        mean.Update(nan, one);
        Assert.True(double.IsNaN(mean.Compute()));
    }

    [Fact]
    public void MixesCountsOfBothKinds()
    {
        using var mean = new Mean(CPU);
        using var first = tensor(2f);
        using var second = tensor(8f);
        using var three = tensor(3);
        mean.Update(first, 1);
        mean.Update(second, three);
        Assert.Equal((2.0 + 24) / 4, mean.Compute());
    }

    [Fact]
    public void AddsSums()
    {
        using var mean = new Mean(CPU);
        using var sum = tensor(12f);
        using var inBrackets = tensor(new[] { 8f });
        mean.UpdateSum(sum, 3);
        mean.UpdateSum(inBrackets, 1);
        Assert.Equal(5, mean.Compute());
    }

    [Fact]
    public void AddsSumsOfCountsOnTheDevice()
    {
        using var mean = new Mean(CPU);
        using var sum = tensor(12f);
        using var inBrackets = tensor(new[] { 8f });
        using var nothing = tensor(0f);
        using var three = tensor(3);
        using var oneInBrackets = tensor(new[] { 1L });
        using var zero = tensor(0L);
        mean.UpdateSum(nothing, zero);
        Assert.True(double.IsNaN(mean.Compute()));
        mean.UpdateSum(sum, three);
        mean.UpdateSum(inBrackets, oneInBrackets);
        Assert.Equal(5, mean.Compute());
        mean.UpdateSum(sum, 4);
        Assert.Equal(4, mean.Compute());
    }

    [Fact]
    public void RefusesSumsAndCountsOfOtherShapesAndTypes()
    {
        using var mean = new Mean(CPU);
        using var value = tensor(12f);
        using var values = ones(2);
        using var one = tensor(1L);
        using var counts = ones(2, int64);
        Assert.Throws<ArgumentNullException>("sum", () => mean.UpdateSum(null!, one));
        Assert.Throws<ArgumentNullException>("count", () => mean.UpdateSum(value, null!));
        Assert.Throws<ArgumentException>("sum", () => mean.UpdateSum(values, one));
        Assert.Throws<ArgumentException>("count", () => mean.UpdateSum(value, counts));
        using var pair = zeros([], complex64);
        var exception = Assert.Throws<ArgumentException>("count", () => mean.UpdateSum(value, pair));
        Assert.StartsWith("count must be a tensor of an integer or floating type, but is ComplexFloat32 ().", exception.Message);
        Assert.True(double.IsNaN(mean.Compute()));
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void AddsEveryFloatingTypeInFloat64(ScalarType type)
    {
        using var mean = new Mean(CPU);
        using var one = tensor(1.0, type);
        using var count = tensor(4001L);

        // In float16 sums stop growing at 2048, in bfloat16 at 256.
        for (var batch = 0; batch < 5000; batch++)
        {
            mean.Update(one, 1);
        }

        using var three = tensor(3.0, type);
        mean.Update(three, count);
        Assert.Equal((5000 + (3.0 * 4001)) / 9001, mean.Compute(), 12);
    }

    [Fact]
    public void AgreesWithALoopOverElements()
    {
        var random = new Random(7);
        using var mean = new Mean(CPU);
        double sum = 0;
        long count = 0;
        foreach (var size in new[] { 17, 17, 17, 5, 1 })
        {
            var values = Enumerable.Range(0, size).Select(_ => (random.NextDouble() * 10) - 3).ToArray();
            sum += values.Sum();
            count += size;
            using var tensor = torch.tensor(values);
            using var batchMean = tensor.mean();
            mean.Update(batchMean, size);
        }

        Assert.Equal(sum / count, mean.Compute(), 12);
    }

    [Fact]
    public void RefusesWhatIsNotOneNumber()
    {
        using var mean = new Mean(CPU);
        using var vector = tensor(new[] { 1f, 2f });
        using var value = tensor(1f);
        var exception = Assert.Throws<ArgumentException>("mean", () => mean.Update(vector, 2));
        Assert.Contains("Float32 (2)", exception.Message);
        Assert.Throws<ArgumentException>("sum", () => mean.UpdateSum(vector, 2));
        Assert.Throws<ArgumentException>("count", () => mean.Update(value, vector));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => mean.Update(value, -1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => mean.UpdateSum(value, -1));
        Assert.Throws<ArgumentNullException>("mean", () => mean.Update(null!, 1));
        Assert.Throws<ArgumentNullException>("device", () => new Mean(null!));
        Assert.Throws<ArgumentNullException>("name", () => new Mean(CPU, null!));
    }

    [Fact]
    public void CannotBeUsedAfterItWasDisposed()
    {
        var mean = new Mean(CPU);
        mean.Dispose();
        mean.Dispose();
        using var value = tensor(1f);
        Assert.Throws<ObjectDisposedException>(() => mean.Update(value, 1));
        Assert.Throws<ObjectDisposedException>(() => mean.Reset());
        Assert.Throws<ObjectDisposedException>(() => mean.Compute());
    }
}
