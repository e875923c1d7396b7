namespace LoopGen.Tests;

public sealed class TensorBatchesTests
{
    [Fact]
    public void OrdersEveryEpochAnew()
    {
        using var data = arange(30);
        var batches = Batches.FromTensors(data, data, batchSize: 8, shuffle: true, seed: 3);
        var epochs = Enumerable.Range(0, 4).Select(_ => Order(batches)).ToArray();
        Assert.Equal(4, epochs.Select(order => string.Join(",", order)).Distinct().Count());
    }

    [Fact]
    public void RepeatsTheOrdersOfASeed()
    {
        using var data = arange(30);
        var first = Batches.FromTensors(data, data, batchSize: 8, shuffle: true, seed: 3);
        var second = Batches.FromTensors(data, data, batchSize: 30, shuffle: true, seed: 3);
        var other = Batches.FromTensors(data, data, batchSize: 8, shuffle: true, seed: 4);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var order = Order(first);
            Assert.Equal(order, Order(second));
            Assert.NotEqual(order, Order(other));
        }
    }

    [Fact]
    public void DoesNotTouchTheGlobalGeneratorWithASeed()
    {
        using var data = arange(30);
        using var expected = AfterSeed(() => { });
        using var actual = AfterSeed(() =>
        {
            var batches = Batches.FromTensors(data, data, shuffle: true, seed: 3);
            Order(batches);
            Order(batches);
        });
        Assert.True(expected.Equals(actual));
    }

    [Fact]
    public void DrawsOneNumberWithoutASeed()
    {
        using var data = arange(30);
        using var expected = AfterSeed(() => randint(0, long.MaxValue, [1]).Dispose());
        using var actual = AfterSeed(() =>
        {
            var batches = Batches.FromTensors(data, data, shuffle: true);
            Order(batches);
            Order(batches);
        });
        Assert.True(expected.Equals(actual));
    }

    [Fact]
    public void FollowsTheGlobalSeedWithoutOneOfItsOwn()
    {
        using var data = arange(30);
        manual_seed(1);
        var first = Order(Batches.FromTensors(data, data, shuffle: true));
        var second = Order(Batches.FromTensors(data, data, shuffle: true));
        manual_seed(1);
        Assert.Equal(first, Order(Batches.FromTensors(data, data, shuffle: true)));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void DrawsNothingWithoutShuffling()
    {
        using var data = arange(30);
        using var expected = AfterSeed(() => { });
        using var actual = AfterSeed(() => Order(Batches.FromTensors(data, data)));
        Assert.True(expected.Equals(actual));
    }

    [Fact]
    public void CountsEpochsAndBatches()
    {
        using var scope = NewDisposeScope();
        var data = arange(5);
        var batches = Batches.FromTensors(data, data, batchSize: 2, shuffle: true, seed: 1);
        Assert.Equal((0, 0L), (batches.Epoch, batches.Position));
        var position = 0;
        foreach (var batch in batches)
        {
            Assert.Equal((1, (long)++position), (batches.Epoch, batches.Position));
        }

        Assert.Equal((1, 3L), (batches.Epoch, batches.Position));
        using var second = batches.GetEnumerator();
        Assert.Equal(1, batches.Epoch);
        second.MoveNext();
        Assert.Equal((2, 1L), (batches.Epoch, batches.Position));
    }

    [Fact]
    public void CanBeReadTwiceAtOnce()
    {
        using var data = arange(10);
        var expected = Batches.FromTensors(data, data, batchSize: 2, shuffle: true, seed: 9);
        var firstOrder = Order(expected);
        var secondOrder = Order(expected);

        var batches = Batches.FromTensors(data, data, batchSize: 2, shuffle: true, seed: 9);
        var (first, second) = (new List<long>(), new List<long>());
        using (NewDisposeScope())
        {
            using var one = batches.GetEnumerator();
            using var other = batches.GetEnumerator();
            while (one.MoveNext() && other.MoveNext())
            {
                first.AddRange(one.Current.Item1.data<long>());
                second.AddRange(other.Current.Item1.data<long>());
            }
        }

        Assert.Equal(firstOrder, first);
        Assert.Equal(secondOrder, second);
        Assert.Equal(5, batches.Position);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LeavesNoTensorBehind(bool shuffle)
    {
        using var data = rand(10, 2);
        var batches = Batches.FromTensors(data, data, batchSize: 4, shuffle, seed: 1);
        LiveTensors.AssertNoneLeft(() =>
        {
            foreach (var (input, target) in Batches.Checked(batches))
            {
                Assert.Equal(input.size(0), target.size(0));
            }

            foreach (var batch in Batches.Checked(batches))
            {
                Assert.False(batch.Item1.IsInvalid);
                break;
            }
        });
        LiveTensors.AssertNoneLeft(() =>
        {
            using var scope = NewDisposeScope();
            Assert.Equal(3, batches.Count());

            // Six batch tensors are the scope's; what else was made is gone.
            Assert.Equal(6, scope.DisposablesCount);
        });
        Assert.False(data.IsInvalid);
    }

    [Theory]
    [InlineData(10, 0.3, 7)]
    [InlineData(10, 0.25, 7)]
    [InlineData(5, 0.5, 2)]
    [InlineData(3, 0.01, 2)]
    [InlineData(1000, 0.999, 1)]
    public void HoldsOutTheLastSamplesByKerassRule(int samples, double fraction, int kept)
    {
        using var scope = NewDisposeScope();
        var data = arange(samples);
        var (training, validation) = Batches.FromTensors(data, data, batchSize: 2, shuffle: true, seed: 1).Split(fraction);

        Assert.Equal((kept + 1) / 2, training.Count);
        Assert.Equal((samples - kept + 1) / 2, validation!.Count);
        Assert.Equal(Enumerable.Range(0, kept).Select(index => (long)index), Order(training).Order());
        Assert.Equal(Enumerable.Range(kept, samples - kept).Select(index => (long)index), Order(validation));
    }

    [Fact]
    public void HoldsOutTheSameSamplesWithoutShuffling()
    {
        using var data = arange(10);
        var (training, validation) = Batches.FromTensors(data, data, batchSize: 4, dropLast: true).Split(0.5);
        Assert.Equal([0L, 1, 2, 3], Order(training));

        // Validation leaves nothing out.
        Assert.Equal([5L, 6, 7, 8, 9], Order(validation!));
    }

    [Fact]
    public void HoldsOutNothingForAFractionOfZero()
    {
        using var data = arange(10);
        var all = Batches.FromTensors(data, data, batchSize: 4);
        var (training, validation) = all.Split(0);
        Assert.Null(validation);
        Assert.Same(all, training);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void RefusesAFractionOutsideItsRange(double fraction)
    {
        using var data = arange(10);
        var training = Batches.FromTensors(data, data);
        Assert.Throws<ArgumentOutOfRangeException>("validationSplit", () => training.Split(fraction));
    }

    [Fact]
    public void RefusesAnEmptyPart()
    {
        using var data = arange(2);
        var training = Batches.FromTensors(data, data);
        var exception = Assert.Throws<ArgumentException>("validationSplit", () => training.Split(0.9));
        Assert.StartsWith(
            "validationSplit 0.9 of 2 samples leaves 0 for training and 2 for validation; neither may be empty.",
            exception.Message);
        Assert.Equal([0L, 1], Order(training));
    }

    [Fact]
    public void LeavesTheWholeAsItWas()
    {
        using var data = arange(10);
        var all = Batches.FromTensors(data, data, batchSize: 4);
        _ = all.Split(0.5);
        Assert.Equal(Enumerable.Range(0, 10).Select(index => (long)index), Order(all));
    }

    private static List<long> Order(TensorBatches<(Tensor, Tensor)> batches)
    {
        using var scope = NewDisposeScope();
        return batches.SelectMany(batch => batch.Item1.data<long>().ToArray()).ToList();
    }

    private static Tensor AfterSeed(Action action)
    {
        manual_seed(42);
        action();
        return rand(4);
    }
}
