namespace LoopGen.Tests;

public sealed class BatchesCheckedTests
{
    [Fact]
    public void FreesABatchWhenTheNextIsAskedFor()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            var before = LiveTensors.Count;
            var seen = new List<Tensor>();
            foreach (var batch in Batches.Checked(FreshTensors(3)))
            {
                Assert.False(batch.IsInvalid);
                Assert.All(seen, earlier => Assert.True(earlier.IsInvalid));

                // The batch and the source's temporary.
                Assert.Equal(2, LiveTensors.Count - before);
                seen.Add(batch);
            }

            Assert.Equal(3, seen.Count);
            Assert.All(seen, batch => Assert.True(batch.IsInvalid));
        });
    }

    [Fact]
    public void FreesTheLastBatchAfterABreak()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            var isDisposed = false;
            foreach (var batch in Batches.Checked(Source()))
            {
                Assert.False(batch.IsInvalid);
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
    public void FreesEverythingWhenTheReaderFails()
    {
        LiveTensors.AssertNoneLeft(() => Assert.Throws<FormatException>(() =>
        {
            foreach (var batch in Batches.Checked(FreshTensors(3)))
            {
                throw new FormatException(batch.ToString());
            }
        }));
    }

    [Fact]
    public void FreesEverythingWhenTheSourceFails()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            var exception = Assert.Throws<FormatException>(() => Consume(Batches.Checked(Source())));
            Assert.Equal("third line", exception.Message);
        });

        static IEnumerable<Tensor> Source()
        {
            yield return ones(2);
            var half = ones(3);
            throw new FormatException(half.IsInvalid ? "freed too early" : "third line");
        }
    }

    [Fact]
    public void FreesWhatTheSourceMakesInItsCleanUp()
    {
        LiveTensors.AssertNoneLeft(() => Consume(Batches.Checked(Source())));
        LiveTensors.AssertNoneLeft(() =>
        {
            using var outer = NewDisposeScope();
            foreach (var batch in Batches.Checked(Source()))
            {
                Assert.False(batch.IsInvalid);
                break;
            }

            Assert.Equal(0, outer.DisposablesCount);
        });

        static IEnumerable<Tensor> Source()
        {
            try
            {
                yield return ones(2);
            }
            finally
            {
                _ = ones(5);
            }
        }
    }

    [Fact]
    public void LeavesTensorsAloneThatTheSourceKeeps()
    {
        Tensor[] kept = [ones(2), zeros(2)];
        LiveTensors.AssertNoneLeft(() =>
        {
            // Two epochs over the same tensors.
            Assert.Equal(2, Consume(Batches.Checked(kept)));
            Assert.Equal(2, Consume(Batches.Checked(kept.ToList())));
        });
        Assert.All(kept, tensor => Assert.False(tensor.IsInvalid));
        foreach (var tensor in kept)
        {
            tensor.Dispose();
        }
    }

    [Fact]
    public void LeavesTensorsAloneThatTheSourceDetaches()
    {
        LiveTensors.AssertNoneLeft(() => Assert.Equal(3, Consume(Batches.Checked(Source()))));

        static IEnumerable<Tensor> Source()
        {
            using var kept = arange(6).DetachFromDisposeScope();
            for (var batch = 0; batch < 3; batch++)
            {
                yield return kept.narrow(0, 2 * batch, 2);
            }
        }
    }

    [Fact]
    public void LeavesTheReadersTensorsAndScopeAlone()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            using var outer = NewDisposeScope();
            var made = new List<Tensor>();
            foreach (var batch in Batches.Checked(FreshTensors(3)))
            {
                // None of the batch's tensors is in the reader's scope, and what the reader makes is.
                Assert.False(outer.Contains(batch));
                made.Add(batch.add(1));
            }

            Assert.Equal(3, outer.DisposablesCount);
            Assert.All(made, tensor => Assert.False(tensor.IsInvalid));
        });
    }

    [Fact]
    public void SurvivesABatchThatOutlivesTheReadersScope()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            using var batches = Batches.Checked(FreshTensors(2)).GetEnumerator();
            using (NewDisposeScope())
            {
                Assert.True(batches.MoveNext());
            }

            Assert.False(batches.Current.IsInvalid);
        });
    }

    [Fact]
    public void FreesEveryTensorOfATuple()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            foreach (var (image, mask, target) in Batches.Checked(Source()))
            {
                Assert.False(image.IsInvalid || mask.IsInvalid || target.IsInvalid);
            }
        });

        static IEnumerable<(Tensor Image, Tensor Mask, Tensor Target)> Source()
        {
            for (var batch = 0; batch < 3; batch++)
            {
                var image = rand(4, 2);
                yield return (image, image, image.sum(1));
            }
        }
    }

    [Fact]
    public void AllowsASourceThatFreesItsOwnBatches()
    {
        LiveTensors.AssertNoneLeft(() => Assert.Equal(3, Consume(Batches.Checked(Source()))));

        static IEnumerable<Tensor> Source()
        {
            Tensor? previous = null;
            for (var batch = 0; batch < 3; batch++)
            {
                previous?.Dispose();
                previous = ones(2);
                yield return previous;
            }

            previous?.Dispose();
        }
    }

    [Fact]
    public void AllowsASourceWithAScopePerBatch()
    {
        LiveTensors.AssertNoneLeft(() => Assert.Equal(3, Consume(Batches.Checked(Source()))));

        static IEnumerable<Tensor> Source()
        {
            for (var batch = 0; batch < 3; batch++)
            {
                using var scope = NewDisposeScope();
                yield return ones(2).mul(2);
            }
        }
    }

    [Fact]
    public void AllowsASourceWithAScopeAcrossBatches()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            using var outer = NewDisposeScope();
            Assert.Equal(3, Consume(Batches.Checked(Source())));

            // The reader's scope is the current one again.
            var after = ones(1);
            Assert.True(outer.Contains(after));
        });

        static IEnumerable<Tensor> Source()
        {
            using var scope = NewDisposeScope();
            for (var batch = 0; batch < 3; batch++)
            {
                yield return ones(2).mul(2).MoveToOuterDisposeScope();
            }
        }
    }

    [Fact]
    public void ExplainsATensorThatTheSourceKeptWithoutDetachingIt()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            var source = Source();
            var exception = Assert.Throws<InvalidOperationException>(() => Consume(Batches.Checked(source)));
            Assert.StartsWith("source used a tensor that was already freed.", exception.Message);
            Assert.Contains("DetachFromDisposeScope()", exception.Message);
            Assert.NotNull(exception.InnerException);
        });

        static IEnumerable<Tensor> Source()
        {
            var mean = ones(1);
            for (var batch = 0; batch < 3; batch++)
            {
                yield return ones(2).sub(mean);
            }
        }
    }

    [Fact]
    public void ExplainsAFreedTensorThatIsGivenAgain()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            var exception = Assert.Throws<InvalidOperationException>(() => Consume(Batches.Checked(Single(), name: "batches")));
            Assert.StartsWith("batches gave a tensor that was already freed.", exception.Message);
            Assert.Throws<InvalidOperationException>(() => Consume(Batches.Checked(Pairs())));
        });

        static IEnumerable<Tensor> Single()
        {
            var same = ones(1);
            yield return same;
            yield return same;
        }

        static IEnumerable<(Tensor, Tensor)> Pairs()
        {
            var same = ones(1);
            yield return (ones(1), same);
            yield return (ones(1), same);
        }
    }

    [Fact]
    public void AllowsTensorsOfTheCallersThatAreGivenTwice()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            using var same = ones(1);
            Assert.Equal(2, Consume(Batches.Checked(new[] { (same, same), (same, same) })));
        });
    }

    [Fact]
    public void PassesOtherErrorsOfTheSourceOn()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Consume(Batches.Checked(Source())));
        Assert.Equal("the file is locked", exception.Message);

        static IEnumerable<Tensor> Source()
        {
            yield return ones(1);
            throw new InvalidOperationException("the file is locked");
        }
    }

    [Fact]
    public void RefusesNothingAtOnce()
    {
        IEnumerable<Tensor>? trainBatches = null;
        Assert.Throws<ArgumentNullException>("trainBatches", () => Batches.Checked(trainBatches!));
    }

    [Fact]
    public void ExplainsAnEmptySource()
    {
        var validationBatches = new List<Tensor>();
        var exception = Assert.Throws<ArgumentException>(
            "validationBatches", () => Consume(Batches.Checked(validationBatches)));
        Assert.StartsWith(
            "validationBatches gave no batch: it is empty, or an earlier pass spent it (an iterator can be read once; "
            + "pass a list, TensorBatches, or something that starts anew for every epoch).",
            exception.Message);
    }

    [Fact]
    public void ExplainsASpentSource()
    {
        // One enumerator for every epoch, as wrappers of a reader have it.
        using var reader = FreshTensors(2).GetEnumerator();
        var spent = Rest();
        Assert.Equal(2, Consume(Batches.Checked(spent)));
        Assert.Throws<ArgumentException>("spent", () => Consume(Batches.Checked(spent)));

        IEnumerable<Tensor> Rest()
        {
            while (reader.MoveNext())
            {
                yield return reader.Current;
            }
        }
    }

    [Fact]
    public void ReadsALoaderWhoseBatchDiesWithTheNext()
    {
        using var features = rand(10, 3);
        using var labels = arange(10);
        using var data = utils.data.TensorDataset(features, labels);
        using var loader = utils.data.DataLoader(data, 4, disposeDataset: false);
        LiveTensors.AssertNoneLeft(() =>
        {
            var seen = new List<Tensor>();
            var sizes = new List<long>();
            foreach (var (input, target) in Batches.Checked(Batches.FromLoader(loader)))
            {
                Assert.All(seen, earlier => Assert.True(earlier.IsInvalid));
                Assert.Equal(input.size(0), target.size(0));
                sizes.Add(input.size(0));
                seen.AddRange([input, target]);
            }

            Assert.Equal([4, 4, 2], sizes);
        });
    }

    private static IEnumerable<Tensor> FreshTensors(int count)
    {
        for (var batch = 0; batch < count; batch++)
        {
            var temporary = full(2, batch);
            yield return temporary.mul(2);
        }
    }

    private static int Consume<TBatch>(IEnumerable<TBatch> batches)
    {
        var count = 0;
        foreach (var batch in batches)
        {
            Assert.NotNull(batch);
            count++;
        }

        return count;
    }
}
