namespace LoopGen.Examples.Tests;

/// <summary>The streaming prediction: one output a batch, when it is asked for.</summary>
public abstract class PredictEachTests(Func<IDigitLoop> create) : DigitTests(create)
{
    [Fact]
    public void GivesTheOutputOfEachBatchInOrder()
    {
        var loop = NewLoop();
        loop.Model.train();

        using var scope = NewDisposeScope();
        var outputs = loop.PredictEach(Images()).ToArray();

        // Without dropout, and the last batch is shorter.
        loop.Model.eval();
        Assert.Equal([8L, 8, 8, 8, 8, 8, 2], outputs.Select(output => output.size(0)));
        Assert.All(outputs.Zip(TrainBatches), pair => Assert.Equal(Bits.Of(loop.Model.call(pair.Second.image)), Bits.Of(pair.First)));
        Assert.All(outputs, output => Assert.False(output.requires_grad));
    }

    [Fact]
    public void EqualsThePredictionThatIsJoined()
    {
        var loop = NewLoop();
        using var scope = NewDisposeScope();
        Assert.Equal(Bits.Of(loop.Predict(Images())), Bits.Of(cat([.. loop.PredictEach(Images())])));
    }

    [Fact]
    public void ReadsABatchOnlyWhenItIsAskedFor()
    {
        var loop = NewLoop();
        var read = 0;
        using var scope = NewDisposeScope();
        using var outputs = loop.PredictEach(Counted()).GetEnumerator();
        Assert.Equal(0, read);
        Assert.True(outputs.MoveNext());
        Assert.Equal(1, read);
        Assert.True(outputs.MoveNext());
        Assert.Equal(2, read);

        IEnumerable<Tensor> Counted()
        {
            foreach (var image in Images())
            {
                read++;
                yield return image;
            }
        }
    }

    [Fact]
    public void FreesAllButTheOutputs()
    {
        var loop = NewLoop();
        var before = Settle();
        using (var scope = NewDisposeScope())
        {
            var count = 0;
            foreach (var output in loop.PredictEach(FreshImages()))
            {
                count++;
                Assert.True(scope.Contains(output));
                Assert.Equal(count, scope.DisposablesCount);

                // The outputs, and the batch that is freed when the next is asked for.
                Assert.Equal(before + count + 1, LiveTensors.Count);
            }

            Assert.Equal(before + count, LiveTensors.Count);
        }

        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void GivesAnOutputToTheScopeThatItIsAskedForIn()
    {
        var loop = NewLoop();
        var before = Settle();
        using (var outputs = loop.PredictEach(FreshImages()).GetEnumerator())
        {
            while (true)
            {
                using var scope = NewDisposeScope();
                if (!outputs.MoveNext())
                {
                    break;
                }

                Assert.True(scope.Contains(outputs.Current));
            }

            Assert.Equal(before, LiveTensors.Count);
        }

        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void LeavesOutputsWithoutAScopeToTheCaller()
    {
        var loop = NewLoop();
        var before = Settle();
        foreach (var output in loop.PredictEach(FreshImages()))
        {
            Assert.Equal(10, output.size(1));
            output.Dispose();
        }

        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void IsBackInItsModesBetweenTwoBatches()
    {
        var loop = NewLoop();
        MixModes(loop);
        using var scope = NewDisposeScope();
        foreach (var _ in loop.PredictEach(Images()))
        {
            AssertModesMixed(loop);
            Assert.True(is_grad_enabled());
        }

        AssertModesMixed(loop);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void MayBeLeftEarly(int wanted)
    {
        var loop = NewLoop();
        MixModes(loop);
        var before = Settle();
        using (var scope = NewDisposeScope())
        {
            Assert.Equal(wanted, loop.PredictEach(FreshImages()).Take(wanted).Count());
            Assert.Equal(before + wanted, LiveTensors.Count);
        }

        AssertModesMixed(loop);
        Assert.True(is_grad_enabled());
        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void MayGoOnWhileTheModelTrains()
    {
        // Each output is of the weights as they are when it is asked for.
        var loop = NewLoop();
        using var optimizer = loop.CreateOptimizer();
        using var scope = NewDisposeScope();
        var (image, target) = TrainBatches[0];
        var outputs = loop.PredictEach([image, image]).Select(output =>
        {
            loop.TrainOnBatch(image, target, optimizer);
            return Bits.Of(output);
        }).ToArray();
        Assert.NotEqual(outputs[0], outputs[1]);
    }

    [Fact]
    public void PutsModesBackAfterAFailure()
    {
        var loop = NewLoop();
        MixModes(loop);
        var before = Settle();
        using (var scope = NewDisposeScope())
        {
            // No layer takes 3 features.
            Assert.ThrowsAny<Exception>(() => loop.PredictEach(Wrong()).Count());
        }

        AssertModesMixed(loop);
        Assert.True(is_grad_enabled());
        Assert.Equal(before, LiveTensors.Count);

        static IEnumerable<Tensor> Wrong()
        {
            yield return zeros(2, 64);
            yield return zeros(2, 3);
        }
    }

    [Fact]
    public void ThrowsWhenCancelled()
    {
        var loop = NewLoop();
        MixModes(loop);
        using var cancellation = new CancellationTokenSource();
        using var scope = NewDisposeScope();
        var count = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var _ in loop.PredictEach(Images(), cancellation.Token))
            {
                count++;
                cancellation.Cancel();
            }
        });
        Assert.Equal(1, count);
        AssertModesMixed(loop);
    }

    [Fact]
    public void RefusesAnEmptySource()
    {
        var loop = NewLoop();
        Assert.Throws<ArgumentException>("batches", () => loop.PredictEach([]).Count());
    }

    // The batches are made when they are first asked for, and then kept.
    private long Settle() => TrainBatches.Count > 0 ? LiveTensors.Settle() : 0;

    private IEnumerable<Tensor> Images() => TrainBatches.Select(batch => batch.image);

    private IEnumerable<Tensor> FreshImages() => FreshBatches().Select(batch =>
    {
        batch.target.Dispose();
        return batch.image;
    });

    public sealed class HandWritten() : PredictEachTests(Loops.HandWritten);

    public sealed class Emitted() : PredictEachTests(Loops.Emitted);
}
