using EmittedSample;

namespace LoopGen.Examples.Tests;

/// <summary>The order in which whole tensors are given.</summary>
public sealed class ShuffleTests : IDisposable
{
    private readonly NumberData data = new(16);

    [Fact]
    public void EveryEpochHasAnOrderOfItsOwn()
    {
        var orders = OrdersOf(shuffle: true, seed: 3);
        Assert.All(orders, order => Assert.Equal(Enumerable.Range(0, 16), order.Order()));
        Assert.Equal(3, orders.Select(order => string.Join(",", order)).Distinct().Count());
        Assert.Equal(orders, OrdersOf(shuffle: true, seed: 3));
        Assert.NotEqual(orders, OrdersOf(shuffle: true, seed: 4));
    }

    [Fact]
    public void WithoutShufflingItIsThatOfTheData() =>
        Assert.All(OrdersOf(shuffle: false, seed: 3), order => Assert.Equal(Enumerable.Range(0, 16), order));

    [Fact]
    public void SamplesThatAreHeldOutAreNeverTrainedOn()
    {
        var orders = OrdersOf(shuffle: true, seed: 3, validationSplit: 0.25);
        Assert.All(orders, order => Assert.Equal(Enumerable.Range(0, 12), order.Order()));
    }

    public void Dispose() => data.Dispose();

    /// <summary>For each of three epochs the rows of the data, in the order in which the loop saw them.</summary>
    private int[][] OrdersOf(bool shuffle, int seed, double validationSplit = 0)
    {
        var rows = data.Features.data<float>().ToArray().Chunk(3).Select(row => row[0]).ToList();
        var orders = new List<List<int>>();
        using var model = new HookedModel();
        model.AtEpochBegin = _ => orders.Add([]);
        model.AtBatch = (features, target) =>
        {
            orders[^1].AddRange(features.data<float>().ToArray().Chunk(3).Select(row => rows.IndexOf(row[0])));
            return (features, target);
        };
        model.Fit(
            data.Features,
            data.Target,
            epochs: 3,
            batchSize: 5,
            validationSplit: validationSplit,
            shuffle: shuffle,
            device: CPU,
            seed: seed,
            verbose: Verbosity.Silent);
        return [.. orders.Select(order => order.ToArray())];
    }
}
