namespace LoopGen.Tests.Metrics;

public sealed class MeanOfSamplesTests
{
    [Fact]
    public void WeighsScalarsBySamplesAndAddsVectorsUp()
    {
        using var mean = new Mean(CPU);
        using var scalar = tensor(2.0f);
        using var vector = tensor(new[] { 1L, 4 });

        mean.UpdateSamples(scalar, 3);
        mean.UpdateSamples(vector, 2);

        Assert.Equal(((2.0 * 3) + 1 + 4) / 5, mean.Compute());
    }

    [Fact]
    public void RefusesOtherShapes()
    {
        using var mean = new Mean(CPU);
        using var matrix = zeros(3, 1);

        var exception = Assert.Throws<ArgumentException>("matrix", () => mean.UpdateSamples(matrix, 3));
        Assert.StartsWith(
            "matrix must be a scalar, the mean of the batch, or a vector of one value for each of its 3 samples, but is Float32 (3, 1).",
            exception.Message);
    }

    [Fact]
    public void KeepsNoGraphAndNoTensor()
    {
        using var mean = new Mean(CPU);
        using var value = ones(4, requires_grad: true);
        using var batch = value.sum();
        mean.UpdateSamples(batch, 4);
        var before = Tensor.TotalCount;

        mean.UpdateSamples(batch, 4);
        mean.UpdateSamples(value, 4);

        Assert.Equal(before, Tensor.TotalCount);
        Assert.Equal((4.0 * 8 + 4) / 12, mean.Compute());
    }
}
