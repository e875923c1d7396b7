using TorchSharp.Modules;

namespace LoopGen.Tests;

public sealed class WeightedBatchesTests
{
    [Fact]
    public void KeepsTriplesTogetherWhenShuffling()
    {
        using var scope = NewDisposeScope();
        var target = arange(50);
        var input = target.mul(10).unsqueeze(1);
        var weight = target.to(float32).div(4);
        var seen = new List<long>();
        foreach (var (values, labels, weights) in Batches.FromTensors(input, target, weight, batchSize: 7, shuffle: true, seed: 1))
        {
            Assert.Equal(labels.data<long>().Select(label => label * 10), values.data<long>());
            Assert.Equal(labels.data<long>().Select(label => label / 4f), weights.data<float>());
            seen.AddRange(labels.data<long>());
        }

        Assert.NotEqual(Enumerable.Range(0, 50).Select(index => (long)index), seen);
        Assert.Equal(Enumerable.Range(0, 50).Select(index => (long)index), seen.Order());
    }

    /// <summary>Weights change no order: a seed means the same with and without them.</summary>
    [Fact]
    public void HasTheOrderOfThePairs()
    {
        using var scope = NewDisposeScope();
        var data = arange(20);
        var pairs = Batches.FromTensors(data, data, batchSize: 6, shuffle: true, seed: 5);
        var triples = Batches.FromTensors(data, data, data, batchSize: 6, shuffle: true, seed: 5);
        Assert.Equal(pairs.SelectMany(batch => batch.Item1.data<long>()), triples.SelectMany(batch => batch.Item3.data<long>()));
    }

    [Fact]
    public void SplitsAndDropsLikePairs()
    {
        using var scope = NewDisposeScope();
        var data = arange(10);
        var (train, heldOut) = Batches.FromTensors(data, data, data, batchSize: 4).Split(0.3);
        Assert.Equal([[0L, 1, 2, 3], [4, 5, 6]], train.Select(batch => batch.Item3.data<long>().ToArray()));
        Assert.Equal([[7L, 8, 9]], heldOut!.Select(batch => batch.Item3.data<long>().ToArray()));
        Assert.Equal(2, Batches.FromTensors(data, data, data, batchSize: 4, dropLast: true).Count);
    }

    [Fact]
    public void RefusesTensorsOfDifferentLengths()
    {
        using var images = zeros(60, 784);
        using var labels = zeros(60);
        using var ages = zeros(50);
        using var none = zeros(0);
        var exception = Assert.Throws<ArgumentException>("ages", () => Batches.FromTensors(images, labels, ages));
        Assert.StartsWith(
            "images and ages must have the same number of samples in their first dimension, but images (60, 784) has 60 and "
            + "ages (50) has 50.",
            exception.Message);
        Assert.Throws<ArgumentException>("ages", () => Batches.FromTensors(images, ages, labels));
        Assert.Throws<ArgumentException>("none", () => Batches.FromTensors(images, labels, none));
        Tensor? weights = null;
        Assert.Throws<ArgumentNullException>("weights", () => Batches.FromTensors(images, labels, weights!));
        Assert.Throws<ArgumentOutOfRangeException>("batchSize", () => Batches.FromTensors(ages, ages, ages, batchSize: 0));
    }

    [Theory]
    [InlineData("image", "target", "weight")]
    [InlineData("data", "label", "sample_weight")]
    public void FindsTensorsOfALoaderByNameOrByUsualOnes(string inputKey, string targetKey, string weightKey)
    {
        using var loader = new DataLoader(new Rows(5, inputKey, targetKey, weightKey), 2);
        LiveTensors.AssertNoneLeft(() =>
        {
            var batches = Batches.FromWeightedLoader(loader, "image", "target", "weight");
            Assert.Equal(3, Assert.IsAssignableFrom<IReadOnlyCollection<(Tensor, Tensor, Tensor)>>(batches).Count);
            var seen = new List<float>();
            foreach (var (input, target, weight) in Batches.Checked(batches))
            {
                Assert.Equal([target.size(0), 2], input.shape);
                seen.AddRange(weight.data<float>());
            }

            Assert.Equal([0f, 0.5f, 1, 1.5f, 2], seen);
        });
    }

    [Fact]
    public void NamesTheKeysThatCame()
    {
        using var loader = new DataLoader(new Rows(5, "image", "target", "importance"), 2);
        var exception = Assert.Throws<ArgumentException>(
            "loader", () => Batches.Checked(Batches.FromWeightedLoader(loader, "image", "target", "weight")).First());
        Assert.StartsWith(
            "A batch of the loader has neither \"weight\" nor \"sample_weight\". It has: \"image\", \"importance\", \"target\".",
            exception.Message);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void ReadsListsOfThree(int tensors)
    {
        using var one = rand(4, 2);
        using var data = utils.data.TensorDataset([.. Enumerable.Repeat(one, tensors)]);
        using var loader = utils.data.DataLoader(data, 2, disposeDataset: false);
        if (tensors == 3)
        {
            LiveTensors.AssertNoneLeft(() => Assert.All(
                Batches.Checked(Batches.FromWeightedLoader(loader)), batch => Assert.Equal([2L, 2], batch.Item3.shape)));
            return;
        }

        var exception = Assert.Throws<ArgumentException>(
            "loader", () => Batches.Checked(Batches.FromWeightedLoader(loader)).First());
        Assert.StartsWith(
            "A batch of the loader must be a list of three tensors, input, target and weight, but has 2.", exception.Message);
    }

    [Fact]
    public void RefusesNothing()
    {
        DataLoader trainLoader = null!;
        IterableDataLoader testLoader = null!;
        Assert.Throws<ArgumentNullException>("trainLoader", () => Batches.FromWeightedLoader(trainLoader, "a", "b", "c"));
        Assert.Throws<ArgumentNullException>("testLoader", () => Batches.FromWeightedLoader(testLoader));
        using var loader = new DataLoader(new Rows(5, "image", "target", "weight"), 2);
        Assert.Throws<ArgumentNullException>("weightKey", () => Batches.FromWeightedLoader(loader, "a", "b", null!));
    }

    private sealed class Rows(long count, string inputKey, string targetKey, string weightKey) : utils.data.Dataset
    {
        public override long Count => count;

        public override Dictionary<string, Tensor> GetTensor(long index) =>
            new() { [inputKey] = full(2, index), [targetKey] = tensor(index), [weightKey] = tensor(index / 2f) };
    }
}
