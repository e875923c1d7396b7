namespace LoopGen.Tests;

public sealed class FromTensorsTests
{
    [Fact]
    public void GivesTheDataInOrderWithoutShuffling()
    {
        using var scope = NewDisposeScope();
        var input = arange(10).reshape(5, 2);
        var target = arange(5);
        var batches = Batches.FromTensors(input, target, batchSize: 2);

        Assert.Equal(3, batches.Count);
        var read = batches.Select(batch => (batch.Item1.data<long>().ToArray(), batch.Item2.data<long>().ToArray()));
        Assert.Equal([([0, 1, 2, 3], [0, 1]), ([4, 5, 6, 7], [2, 3]), ([8, 9], [4])], read);
    }

    [Fact]
    public void KeepsPairsTogetherWhenShuffling()
    {
        using var scope = NewDisposeScope();
        var target = arange(50);
        var input = target.mul(10).unsqueeze(1);
        var seen = new List<long>();
        foreach (var (values, labels) in Batches.FromTensors(input, target, batchSize: 7, shuffle: true, seed: 1))
        {
            Assert.Equal(labels.data<long>().Select(label => label * 10), values.data<long>());
            seen.AddRange(labels.data<long>());
        }

        Assert.NotEqual(Enumerable.Range(0, 50).Select(index => (long)index), seen);
        Assert.Equal(Enumerable.Range(0, 50).Select(index => (long)index), seen.Order());
    }

    [Fact]
    public void KeepsTheDataAsItIsStored()
    {
        using var scope = NewDisposeScope();
        var images = zeros(6, 4, dtype: uint8);
        var target = zeros(6, dtype: int64);
        foreach (var shuffle in new[] { false, true })
        {
            foreach (var (image, label) in Batches.FromTensors(images, target, 4, shuffle))
            {
                Assert.Equal(uint8, image.dtype);
                Assert.Equal(int64, label.dtype);
                Assert.Equal(4, image.size(1));
            }
        }
    }

    [Fact]
    public void DropsAShortLastBatchWhenAskedTo()
    {
        using var scope = NewDisposeScope();
        var data = arange(10);
        var batches = Batches.FromTensors(data, data, batchSize: 4, dropLast: true);
        Assert.Equal(2, batches.Count);
        Assert.Equal([4, 4], batches.Select(batch => batch.Item1.size(0)));

        var whole = Batches.FromTensors(data, data, batchSize: 5, dropLast: true);
        Assert.Equal(2, whole.Count);
        Assert.Equal([5, 5], whole.Select(batch => batch.Item1.size(0)));
    }

    [Fact]
    public void GivesOneTensorForPredictions()
    {
        using var scope = NewDisposeScope();
        var input = arange(5);
        var batches = Batches.FromTensor(input, batchSize: 2);
        Assert.Equal(3, batches.Count);
        Assert.Equal([0L, 1, 2, 3, 4], batches.SelectMany(batch => batch.data<long>()));
        Assert.Single(Batches.FromTensor(input));
    }

    [Fact]
    public void RefusesTensorsOfDifferentLengths()
    {
        using var images = zeros(60, 784);
        using var labels = zeros(50);
        var exception = Assert.Throws<ArgumentException>("labels", () => Batches.FromTensors(images, labels));
        Assert.StartsWith(
            "images and labels must have the same number of samples in their first dimension, but images (60, 784) has "
            + "60 and labels (50) has 50.",
            exception.Message);
    }

    [Fact]
    public void RefusesWhatHoldsNoSamples()
    {
        using var some = zeros(3);
        using var none = zeros(0, 784);
        using var scalar = zeros([]);
        Assert.StartsWith(
            "none has no samples: it is Float32 (0, 784).",
            Assert.Throws<ArgumentException>("none", () => Batches.FromTensors(none, some)).Message);
        Assert.StartsWith(
            "scalar must have a first dimension that counts samples, but is Float32 ().",
            Assert.Throws<ArgumentException>("scalar", () => Batches.FromTensors(some, scalar)).Message);
        Assert.Throws<ArgumentException>("scalar", () => Batches.FromTensor(scalar));
        Tensor? images = null;
        Assert.Throws<ArgumentNullException>("images", () => Batches.FromTensor(images!));
        Assert.Throws<ArgumentNullException>("images", () => Batches.FromTensors(images!, some));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void RefusesABatchSizeBelowOne(int batchSize)
    {
        using var data = zeros(3);
        Assert.Throws<ArgumentOutOfRangeException>("batchSize", () => Batches.FromTensors(data, data, batchSize));
        Assert.Throws<ArgumentOutOfRangeException>("batchSize", () => Batches.FromTensor(data, batchSize));
    }
}
