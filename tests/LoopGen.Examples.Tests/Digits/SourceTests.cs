namespace LoopGen.Examples.Tests;

/// <summary>What sources of batches may do, and what they may not.</summary>
public abstract class SourceTests(Func<IDigitLoop> create) : DigitTests(create)
{
    [Fact]
    public void RefusesAnEmptySource()
    {
        var loop = NewLoop();
        MixModes(loop);
        var weights = Bits.Of(loop.Model);
        var exception = Assert.Throws<ArgumentException>("trainBatches", () => loop.Fit([]));
        Assert.StartsWith("trainBatches gave no batch: it is empty, or", exception.Message, StringComparison.Ordinal);
        Assert.Equal(weights, Bits.Of(loop.Model));
        AssertModesMixed(loop);
    }

    [Fact]
    public void RefusesASpentSource()
    {
        var loop = NewLoop();
        MixModes(loop);
        var observer = new Observer();
        var source = new OneShot<(Tensor, Tensor)>(TrainBatches);
        var exception = Assert.Throws<ArgumentException>(
            "trainBatches", () => loop.Fit(source, epochs: 2, callbacks: [observer]));

        Assert.Contains(
            "an earlier pass spent it (an iterator can be read once; pass a list",
            exception.Message,
            StringComparison.Ordinal);
        Assert.Contains("epoch end 1", observer.Events);
        Assert.Equal("epoch begin 2", observer.Events[^1]);
        AssertModesMixed(loop);
    }

    [Fact]
    public void TrainsOneEpochOnASourceThatCanBeReadOnce()
    {
        var loop = NewLoop();
        Assert.Single(loop.Fit(new OneShot<(Tensor, Tensor)>(TrainBatches)).Logs);
        AssertMadeSteps(7, loop);
    }

    [Fact]
    public void RefusesAnEmptyValidationSource()
    {
        var loop = NewLoop();
        MixModes(loop);
        var exception = Assert.Throws<ArgumentException>(
            "validationBatches", () => loop.Fit(TrainBatches, validationBatches: []));
        Assert.StartsWith("Validation data: they are empty. Give null for none", exception.Message, StringComparison.Ordinal);
        AssertModesMixed(loop);
    }

    [Fact]
    public void RefusesAValidationSourceThatIsSpentInTheSecondEpoch()
    {
        var loop = NewLoop();
        var observer = new Observer();
        var source = new OneShot<(Tensor, Tensor)>(ValidationBatches);
        Assert.Throws<ArgumentException>(
            "validationBatches",
            () => loop.Fit(TrainBatches, epochs: 2, validationBatches: source, callbacks: [observer]));
        Assert.Contains("epoch end 1", observer.Events);
    }

    [Fact]
    public void LeavesTheTensorsOfASourceThatKeepsThem()
    {
        var loop = NewLoop();
        _ = (TrainBatches, ValidationBatches);
        LiveTensors.AssertNoneLeft(() => loop.Fit(TrainBatches, epochs: 3, ValidationBatches));
        Assert.All(
            TrainBatches.Concat(ValidationBatches),
            batch => Assert.False(batch.image.IsInvalid || batch.target.IsInvalid));
        AssertMadeSteps(21, loop);
    }

    [Fact]
    public void FreesTheTensorsOfASourceThatDoesNot()
    {
        var loop = NewLoop();
        _ = TrainBatches;
        var counts = new List<long>();
        var observer = new Observer { AtEpochEnd = (_, _) => counts.Add(LiveTensors.Count) };
        LiveTensors.AssertNoneLeft(
            () => loop.Fit(FreshBatches(), epochs: 4, validationBatches: FreshBatches(), callbacks: [observer]));

        Assert.Equal(4, counts.Count);
        Assert.Single(counts.Distinct());
        AssertMadeSteps(28, loop);
    }

    [Fact]
    public void TrainsOnASourceThatMixesKeptAndFreshTensors()
    {
        var loop = NewLoop();
        _ = TrainBatches;
        LiveTensors.AssertNoneLeft(
            () => loop.Fit(TrainBatches.Select(batch => (batch.image.clone(), batch.target)), epochs: 2));
        Assert.All(TrainBatches, batch => Assert.False(batch.target.IsInvalid));
        AssertMadeSteps(14, loop);
    }

    [Fact]
    public void SaysWhatToDoWhenASourceKeepsATensorThatItMadeForABatch()
    {
        var loop = NewLoop();
        MixModes(loop);
        _ = TrainBatches;
        LiveTensors.AssertNoneLeft(() =>
        {
            var exception = Assert.Throws<InvalidOperationException>(() => loop.Fit(Remembering()));
            Assert.Contains("trainBatches", exception.Message, StringComparison.Ordinal);
            Assert.Contains("DetachFromDisposeScope()", exception.Message, StringComparison.Ordinal);
        });
        AssertModesMixed(loop);

        IEnumerable<(Tensor image, Tensor target)> Remembering()
        {
            Tensor? first = null;
            foreach (var (image, target) in TrainBatches)
            {
                first ??= image.clone();
                yield return (first.clone(), target);
            }
        }
    }

    public sealed class HandWritten() : SourceTests(Loops.HandWritten);

    public sealed class Emitted() : SourceTests(Loops.Emitted);
}
