namespace LoopGen.Tests;

public sealed class BatchesWindowsTests
{
    [Theory]
    [InlineData(6, 3, "012 345")]
    [InlineData(7, 3, "012 345 6")]
    [InlineData(8, 3, "012 345 67")]
    [InlineData(3, 1, "0 1 2")]
    [InlineData(3, 3, "012")]
    [InlineData(3, 100, "012")]
    [InlineData(1, int.MaxValue, "0")]
    public void HoldsEveryBatchOnce(int batches, int size, string expected)
    {
        var windows = Batches.Windows(Enumerable.Range(0, batches), size).Select(window => string.Concat(window));
        Assert.Equal(expected, string.Join(' ', windows));
    }

    [Fact]
    public void ReadsNoBatchBeforeItIsAskedFor()
    {
        var read = 0;
        using var windows = Batches.Windows(Counted(5), 2).GetEnumerator();
        Assert.Equal(0, read);
        Assert.True(windows.MoveNext());
        Assert.Equal(1, read);
        using (var window = windows.Current.GetEnumerator())
        {
            Assert.True(window.MoveNext());
            Assert.Equal(1, read);
            Assert.True(window.MoveNext());
            Assert.Equal(2, read);

            // A full window is over without a look at the source.
            Assert.False(window.MoveNext());
            Assert.Equal(2, read);
        }

        Assert.True(windows.MoveNext());
        Assert.Equal(3, read);
        Assert.Equal([2, 3], windows.Current);
        Assert.True(windows.MoveNext());
        Assert.Equal([4], windows.Current);
        Assert.False(windows.MoveNext());
        Assert.Equal(5, read);

        IEnumerable<int> Counted(int count)
        {
            for (; read < count;)
            {
                read++;
                yield return read - 1;
            }
        }
    }

    [Fact]
    public void FreesABatchWhenTheNextIsAskedFor()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            var before = LiveTensors.Count;
            var seen = new List<Tensor>();
            foreach (var window in Batches.Windows(FreshTensors(7), 3))
            {
                foreach (var batch in window)
                {
                    Assert.False(batch.IsInvalid);
                    Assert.All(seen, earlier => Assert.True(earlier.IsInvalid));

                    // The batch and the source's temporary.
                    Assert.Equal(2, LiveTensors.Count - before);
                    seen.Add(batch);
                }

                // A full window ends without asking for more; the short one found the end.
                Assert.Equal(seen.Count == 7, seen[^1].IsInvalid);
            }

            Assert.Equal(7, seen.Count);
            Assert.All(seen, batch => Assert.True(batch.IsInvalid));
        });
    }

    /// <summary>The emitted loop: a scope a window, and one a batch inside it.</summary>
    [Fact]
    public void LeavesTheScopesOfTheLoopAlone()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            using var outer = NewDisposeScope();
            foreach (var window in Batches.Windows(FreshTensors(5), 2))
            {
                using var windowScope = NewDisposeScope();
                var ofWindow = ones(1);
                foreach (var batch in window)
                {
                    using var batchScope = NewDisposeScope();
                    var ofBatch = batch.add(ofWindow);
                    Assert.Equal(1, batchScope.DisposablesCount);
                    Assert.True(batchScope.Contains(ofBatch));
                }

                Assert.Equal(1, windowScope.DisposablesCount);
                Assert.False(ofWindow.IsInvalid);
            }

            Assert.Equal(0, outer.DisposablesCount);
        });
    }

    [Fact]
    public void SkipsTheRestOfAWindowThatIsLeft()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            var firsts = new List<float>();
            foreach (var window in Batches.Windows(FreshTensors(8), 3))
            {
                foreach (var batch in window)
                {
                    firsts.Add(batch.ToSingle());
                    break;
                }
            }

            Assert.Equal([0, 6, 12], firsts);
        });
    }

    [Fact]
    public void SkipsAWindowThatIsNotRead()
    {
        LiveTensors.AssertNoneLeft(() => Assert.Equal(3, Batches.Windows(FreshTensors(8), 3).Count()));
    }

    [Fact]
    public void FreesEverythingWhenTheLoopIsLeft()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            var isDisposed = false;
            foreach (var window in Batches.Windows(Source(), 2))
            {
                Assert.False(window.First().IsInvalid);
                break;
            }

            Assert.True(isDisposed);

            IEnumerable<Tensor> Source()
            {
                try
                {
                    yield return ones(2);
                    yield return ones(2);
                }
                finally
                {
                    isDisposed = true;
                }
            }
        });
    }

    [Fact]
    public void FreesEverythingWhenTheLoopFails()
    {
        LiveTensors.AssertNoneLeft(() => Assert.Throws<FormatException>(() =>
        {
            foreach (var window in Batches.Windows(FreshTensors(5), 2))
            {
                foreach (var batch in window)
                {
                    throw new FormatException(batch.ToString());
                }
            }
        }));
    }

    [Fact]
    public void FreesEverythingWhenTheSourceFailsInAWindow()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            var exception = Assert.Throws<FormatException>(() => Consume(Batches.Windows(Source(), 3)));
            Assert.Equal("second line", exception.Message);
        });

        static IEnumerable<Tensor> Source()
        {
            yield return ones(2);
            throw new FormatException("second line");
        }
    }

    [Fact]
    public void AllowsASourceWithAScopeAcrossBatches()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            using var outer = NewDisposeScope();
            foreach (var window in Batches.Windows(Source(), 2))
            {
                using var windowScope = NewDisposeScope();
                var ofWindow = ones(1);
                foreach (var batch in window)
                {
                    using var batchScope = NewDisposeScope();
                    Assert.Equal(2, batch.add(ofWindow).numel());
                }

                Assert.False(ofWindow.IsInvalid);
            }

            var after = ones(1);
            Assert.True(outer.Contains(after));
        });

        static IEnumerable<Tensor> Source()
        {
            using var scope = NewDisposeScope();
            for (var batch = 0; batch < 5; batch++)
            {
                yield return ones(2).mul(2).MoveToOuterDisposeScope();
            }
        }
    }

    [Fact]
    public void StartsAnewWithEveryPass()
    {
        using var input = arange(5);
        var windows = Batches.Windows(Batches.FromTensor(input, batchSize: 1), 2);
        Assert.Equal(5, Consume(windows));
        Assert.Equal(5, Consume(windows));
    }

    [Fact]
    public void CanBeReadOnce()
    {
        foreach (var window in Batches.Windows(Enumerable.Range(0, 4), 2))
        {
            Assert.Equal(2, window.Count());
            var exception = Assert.Throws<InvalidOperationException>(() => window.Count());
            Assert.StartsWith("A window can be read once", exception.Message);
        }
    }

    [Fact]
    public void CannotBeReadWhenItIsOver()
    {
        var windows = Batches.Windows(Enumerable.Range(0, 7), 2).ToList();
        Assert.Equal(4, windows.Count);
        Assert.All(windows, window => Assert.Throws<InvalidOperationException>(() => window.Count()));

        using var each = Batches.Windows(Enumerable.Range(0, 7), 2).GetEnumerator();
        Assert.True(each.MoveNext());
        using var first = each.Current.GetEnumerator();
        Assert.True(each.MoveNext());
        Assert.False(first.MoveNext());
        Assert.Equal([2, 3], each.Current);
    }

    [Fact]
    public void ExplainsAnEmptySource()
    {
        var trainBatches = new List<Tensor>();
        var exception = Assert.Throws<ArgumentException>(
            "trainBatches", () => Consume(Batches.Windows(trainBatches, 4)));
        Assert.StartsWith("trainBatches gave no batch: it is empty", exception.Message);
    }

    [Fact]
    public void RefusesWrongArgumentsAtOnce()
    {
        IEnumerable<Tensor>? trainBatches = null;
        Assert.Throws<ArgumentNullException>("trainBatches", () => Batches.Windows(trainBatches!, 2));
        var exception = Assert.Throws<ArgumentOutOfRangeException>("size", () => Batches.Windows(FreshTensors(2), 0));
        Assert.StartsWith("size must be at least 1.", exception.Message);
    }

    private static IEnumerable<Tensor> FreshTensors(int count)
    {
        for (var batch = 0; batch < count; batch++)
        {
            var temporary = full([], batch);
            yield return temporary.mul(2);
        }
    }

    private static int Consume<TBatch>(IEnumerable<IEnumerable<TBatch>> windows)
    {
        var count = 0;
        foreach (var window in windows)
        {
            foreach (var batch in window)
            {
                Assert.NotNull(batch);
                count++;
            }
        }

        return count;
    }
}
