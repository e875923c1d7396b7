using TorchSharp.Modules;

namespace LoopGen.Tests;

public sealed class FromLoaderTests
{
    [Theory]
    [InlineData("image", "target")]
    [InlineData("data", "label")]
    [InlineData("data", "target")]
    public void FindsTensorsByNameOrByTorchSharpsOwn(string inputKey, string targetKey)
    {
        using var loader = new DataLoader(new Rows(5, inputKey, targetKey), 2);
        LiveTensors.AssertNoneLeft(() =>
        {
            var batches = Batches.FromLoader(loader, "image", "target");
            var seen = new List<long>();
            foreach (var (input, target) in Batches.Checked(batches))
            {
                Assert.Equal([target.size(0), 2], input.shape);
                seen.AddRange(target.data<long>());
            }

            Assert.Equal([0L, 1, 2, 3, 4], seen);
        });
    }

    [Fact]
    public void NamesTheKeysThatCame()
    {
        using var loader = new DataLoader(new Rows(5, "x", "y"), 2);
        var exception = Assert.Throws<ArgumentException>(
            "loader", () => Batches.Checked(Batches.FromLoader(loader, "image", "target")).First());
        Assert.StartsWith(
            "A batch of the loader has neither \"image\" nor \"data\". It has: \"x\", \"y\". Say which they are: Batches.FromLoader(loader, inputKey, targetKey).", exception.Message);
    }

    [Fact]
    public void KnowsTheNumberOfBatches()
    {
        using var loader = new DataLoader(new Rows(5, "data", "label"), 2);
        var batches = Batches.FromLoader(loader, "image", "target");
        Assert.Equal(3, Assert.IsAssignableFrom<IReadOnlyCollection<(Tensor, Tensor)>>(batches).Count);
    }

    [Fact]
    public void LeavesBatchesToTheCallerThatTheLoaderDoesNotFree()
    {
        using var loader = new DataLoader(new Rows(4, "data", "label"), 2, disposeBatch: false);
        var kept = Batches.Checked(Batches.FromLoader(loader, "image", "target")).ToList();
        Assert.All(kept, batch => Assert.False(batch.Item1.IsInvalid || batch.Item2.IsInvalid));
        foreach (var (input, target) in kept)
        {
            input.Dispose();
            target.Dispose();
        }
    }

    [Fact]
    public void RefusesListsOfAnotherLength()
    {
        using var one = rand(4, 2);
        using var data = utils.data.TensorDataset(one, one, one);
        using var loader = utils.data.DataLoader(data, 2, disposeDataset: false);
        var exception = Assert.Throws<ArgumentException>(
            "loader", () => Batches.Checked(Batches.FromLoader(loader)).First());
        Assert.StartsWith(
            "A batch of the loader must be a list of two tensors, input and target, but has 3.", exception.Message);
    }

    [Fact]
    public void RefusesNothing()
    {
        DataLoader trainLoader = null!;
        IterableDataLoader testLoader = null!;
        Assert.Throws<ArgumentNullException>("trainLoader", () => Batches.FromLoader(trainLoader, "a", "b"));
        Assert.Throws<ArgumentNullException>("testLoader", () => Batches.FromLoader(testLoader));
    }

    private sealed class Rows(long count, string inputKey, string targetKey) : utils.data.Dataset
    {
        public override long Count => count;

        public override Dictionary<string, Tensor> GetTensor(long index) =>
            new() { [inputKey] = full(2, index), [targetKey] = tensor(index) };
    }
}
