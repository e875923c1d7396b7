namespace LoopGen.Examples.Tests;

/// <summary>A stop at each point of the loop. An epoch has seven batches here.</summary>
public abstract class StopTests(Func<IDigitLoop> create) : DigitTests(create)
{
    [Fact]
    public void BeforeItBegins()
    {
        var loop = NewLoop();
        var weights = Bits.Of(loop.Model);
        var observer = new Observer();
        var training = loop.Fit(
            TrainBatches, callbacks: [observer], cancellationToken: new CancellationToken(canceled: true));

        Assert.Empty(training.Logs);
        Assert.Equal("cancelled", training.StopReason);
        Assert.Empty(observer.Events);
        Assert.Equal(weights, Bits.Of(loop.Model));
        AssertEvaluating(loop);
    }

    [Fact]
    public void AtTheBeginningOfTraining() => AssertStops(
        new Observer { AtTrainBegin = Stop }, completeEpochs: 0, steps: 0);

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 7)]
    [InlineData(3, 2, 14)]
    public void AtTheBeginningOfAnEpoch(int epoch, int completeEpochs, int steps) => AssertStops(
        new Observer { AtEpochBegin = (run, begun) => StopIf(run, begun == epoch) }, completeEpochs, steps);

    [Theory]
    [InlineData(1, 1, 0, 1)]
    [InlineData(1, 4, 0, 4)]
    [InlineData(1, 6, 0, 6)]
    [InlineData(1, 7, 0, 7)] // The last batch: the validation is stopped, without which the epoch is not complete.
    [InlineData(2, 1, 1, 8)]
    [InlineData(2, 7, 1, 14)]
    public void AfterABatch(int epoch, long batch, int completeEpochs, int steps) => AssertStops(
        new Observer { AtBatchEnd = (run, ended) => StopIf(run, run.Epoch == epoch && ended == batch) },
        completeEpochs,
        steps);

    [Theory]
    [InlineData(1, 7)]
    [InlineData(2, 14)]
    public void AtTheEndOfAnEpoch(int epoch, int steps) => AssertStops(
        new Observer { AtEpochEnd = (run, log) => StopIf(run, log.Epoch == epoch) }, completeEpochs: epoch, steps);

    [Fact]
    public void WhenFiguresAreRead() => AssertStops(
        new Observer { AtFigures = (run, _) => Stop(run) }, completeEpochs: 0, steps: 1);

    [Fact]
    public void AfterTheLastEpochItStopsNothing()
    {
        var loop = NewLoop();
        var observer = new Observer { AtEpochEnd = (run, log) => StopIf(run, log.Epoch == 2) };
        var training = loop.Fit(TrainBatches, epochs: 2, callbacks: [observer]);

        Assert.Equal(2, training.Logs.Count);
        Assert.Null(training.StopReason);
        AssertMadeSteps(14, loop);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(7, 0)]
    [InlineData(8, 0)] // While the source finds that it has no more: the validation is missing.
    public void WhileTheSourceWorks(int request, int completeEpochs)
    {
        using var cancellation = new CancellationTokenSource();
        var loop = NewLoop();
        var training = loop.Fit(
            CancellingBatches(), epochs: 3, ValidationBatches, cancellationToken: cancellation.Token);

        Assert.Equal(completeEpochs, training.Logs.Count);
        Assert.Equal("cancelled", training.StopReason);
        AssertEvaluating(loop);
        AssertMadeSteps(Math.Min(request - 1, 7), loop);

        IEnumerable<(Tensor image, Tensor target)> CancellingBatches()
        {
            var requests = 0;
            foreach (var batch in FreshBatches())
            {
                if (++requests == request)
                {
                    cancellation.Cancel();
                }

                yield return batch;
            }

            if (++requests == request)
            {
                cancellation.Cancel();
            }
        }
    }

    [Fact]
    public void CancellationEndsTheValidation()
    {
        using var cancellation = new CancellationTokenSource();
        var observer = new Observer { AtBatchEnd = (_, batch) => CancelIf(batch == 7) };
        var loop = NewLoop();
        var training = loop.Fit(
            TrainBatches, epochs: 3, ValidationBatches, callbacks: [observer], cancellationToken: cancellation.Token);

        Assert.Equal("cancelled", training.StopReason);
        Assert.Empty(training.Logs);
        AssertEvaluating(loop);

        void CancelIf(bool condition)
        {
            if (condition)
            {
                cancellation.Cancel();
            }
        }
    }

    [Fact]
    public void LeavesNoTensors()
    {
        var loop = NewLoop();
        var observer = new Observer { AtBatchEnd = (run, batch) => StopIf(run, batch == 3) };
        _ = TrainBatches;
        LiveTensors.AssertNoneLeft(() => loop.Fit(FreshBatches(), callbacks: [observer]));
    }

    private static void Stop(TrainingRun run) => run.Stop("enough");

    private static void StopIf(TrainingRun run, bool condition)
    {
        if (condition)
        {
            run.Stop("enough");
        }
    }

    private void AssertStops(Observer observer, int completeEpochs, int steps)
    {
        var loop = NewLoop();
        loop.Model.train();
        var training = loop.Fit(TrainBatches, epochs: 3, ValidationBatches, callbacks: [observer]);

        Assert.Equal(completeEpochs, training.Logs.Count);
        Assert.Equal(
            completeEpochs, observer.Events.Count(name => name.StartsWith("epoch end", StringComparison.Ordinal)));
        Assert.All(training.AllFigures(), value => Assert.NotNull(value));
        Assert.Equal("enough", training.StopReason);
        Assert.Equal("train end", observer.Events[^1]);
        AssertEvaluating(loop);
        AssertMadeSteps(steps, loop);
    }

    public sealed class HandWritten() : StopTests(Loops.HandWritten);

    public sealed class Emitted() : StopTests(Loops.Emitted);
}
