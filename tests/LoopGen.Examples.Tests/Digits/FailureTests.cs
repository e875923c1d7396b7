namespace LoopGen.Examples.Tests;

/// <summary>Exceptions go through the loop: they arrive as they were thrown, and nothing stays behind.</summary>
public abstract class FailureTests(Func<IDigitLoop> create) : DigitTests(create)
{
    private readonly Exception failure = new NotSupportedException("A failure of the test's own.");

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void InTheSource(int request) => AssertArrives(loop => loop.Fit(FailingBatches(request), epochs: 2));

    [Fact]
    public void InTheSourceOfTheValidation() => AssertArrives(
        loop => loop.Fit(FreshBatches(), epochs: 2, validationBatches: FailingBatches(2)));

    [Fact]
    public void InCallbacks()
    {
        AssertArrivesFrom(new Observer { AtTrainBegin = _ => throw failure });
        AssertArrivesFrom(new Observer { AtEpochBegin = (_, _) => throw failure });
        AssertArrivesFrom(new Observer { AtBatchEnd = (_, _) => throw failure });
        AssertArrivesFrom(new Observer { AtFigures = (_, _) => throw failure });
        AssertArrivesFrom(new Observer { AtEpochEnd = (_, _) => throw failure });
        AssertArrivesFrom(new Observer { AtTrainEnd = _ => throw failure });
    }

    [Fact]
    public void InForward()
    {
        var loop = NewLoop();
        MixModes(loop);
        _ = TrainBatches;
        LiveTensors.AssertNoneLeft(() => Assert.ThrowsAny<Exception>(() => loop.Fit(NarrowThirdBatch())));
        AssertModesMixed(loop);
        AssertTrainsOn(loop);

        // 64 pixels, and then 63.
        IEnumerable<(Tensor image, Tensor target)> NarrowThirdBatch() => FreshBatches().Select(
            (batch, index) => index == 2 ? (batch.image.narrow(1, 0, 63), batch.target) : batch);
    }

    [Fact]
    public void InEvaluate() => AssertArrives(loop => loop.Evaluate(FailingBatches(2)));

    [Fact]
    public void InPredict() => AssertArrives(
        loop => loop.Predict(FailingBatches(2).Select(batch => batch.image)));

    private void AssertArrivesFrom(Observer observer) => AssertArrives(
        loop => loop.Fit(FreshBatches(), callbacks: [observer]));

    private void AssertArrives(Action<IDigitLoop> use)
    {
        var loop = NewLoop();
        MixModes(loop);
        _ = TrainBatches;
        LiveTensors.AssertNoneLeft(() => Assert.Same(failure, Assert.ThrowsAny<Exception>(() => use(loop))));
        AssertModesMixed(loop);
        AssertTrainsOn(loop);
    }

    private void AssertTrainsOn(IDigitLoop loop) => Assert.Single(loop.Fit(TrainBatches).Logs);

    private IEnumerable<(Tensor image, Tensor target)> FailingBatches(int request)
    {
        var requests = 0;
        foreach (var batch in FreshBatches())
        {
            if (++requests == request)
            {
                throw failure;
            }

            yield return batch;
        }
    }

    public sealed class HandWritten() : FailureTests(Loops.HandWritten);

    public sealed class Emitted() : FailureTests(Loops.Emitted);
}
