namespace LoopGen.Examples.Tests;

public abstract class TrainingTests(Func<IDigitLoop> create) : DigitTests(create)
{
    [Fact]
    public void LearnsTheDigits()
    {
        var loop = NewLoop();
        var training = loop.Fit(TrainBatches, epochs: 30, validationBatches: ValidationBatches);

        var losses = training.All("loss");
        Assert.All(training.AllFigures(), value => Assert.True(double.IsFinite(value!.Value)));
        Assert.True(losses[^1] < losses[0] / 2, $"The loss went from {losses[0]} to {losses[^1]}.");
        Assert.True(training.All("val_accuracy")[^1] > 0.9);
        Assert.Null(training.StopReason);
        AssertEvaluating(loop);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EqualsAPlainLoopBitForBit(bool hasValidation)
    {
        var validation = hasValidation ? ValidationBatches : null;
        var loop = NewLoop();
        var training = loop.Fit(TrainBatches, epochs: 4, validation);

        var plain = NewLoop();
        using var optimizer = PlainLoop.AdamW(plain.Model);
        var expected = PlainLoop.ForClasses(plain.Model).Train(optimizer, TrainBatches, epochs: 4, validation);

        Assert.Equal(expected, training.AllFigures());
        Assert.Equal(Bits.Of(plain.Model), Bits.Of(loop.Model));
    }

    [Fact]
    public void EqualsTheOtherLoopBitForBit()
    {
        var loop = NewLoop();
        var training = loop.Fit(TrainBatches, epochs: 3, ValidationBatches, seed: 7);

        Seed(1);
        using var written = Loops.HandWritten();
        var expected = written.Fit(TrainBatches, epochs: 3, ValidationBatches, seed: 7);

        Assert.Equal(expected.AllFigures(), training.AllFigures());
        Assert.Equal(Bits.Of(written.Model), Bits.Of(loop.Model));
    }

    [Fact]
    public void ReportsEveryEpochInOrder()
    {
        var observer = new Observer();
        var training = NewLoop().Fit(TrainBatches.Take(2), epochs: 2, callbacks: [observer]);

        Assert.Equal([1, 2], training.Logs.Select(log => log.Epoch));
        Assert.Equal(
            [
                "train begin",
                "epoch begin 1", "batch end 1", "batch end 2", "epoch end 1",
                "epoch begin 2", "batch end 1", "batch end 2", "epoch end 2",
                "train end",
            ],
            observer.Events);
    }

    [Fact]
    public void ShowsTheFiguresOfTheRunningEpoch()
    {
        IReadOnlyList<(string Name, double Value)>? first = null;
        var observer = new Observer { AtFigures = (_, figures) => first ??= figures };
        var training = NewLoop().Fit([TrainBatches[0]], callbacks: [observer]);

        // After the first batch, which is all of the epoch.
        Assert.Equal(
            [("loss", training.All("loss")[0]), ("accuracy", training.All("accuracy")[0])],
            first!.Select(figure => (figure.Name, (double?)figure.Value)));
    }

    [Fact]
    public void HasNoValidationFiguresWithoutValidationData()
    {
        var log = Assert.Single(NewLoop().Fit(TrainBatches).Logs);
        Assert.Equal(["loss", "accuracy", "val_loss", "val_accuracy"], log.Figures.Select(figure => figure.Name));
        Assert.Equal([true, true, false, false], log.Figures.Select(figure => figure.Value.HasValue));
    }

    [Fact]
    public void ValidationFiguresAreThoseOfEvaluate()
    {
        var loop = NewLoop();
        var training = loop.Fit(TrainBatches, epochs: 2, validationBatches: ValidationBatches);
        var figures = loop.Evaluate(ValidationBatches);
        Assert.Equal(figures.Loss, training.All("val_loss")[^1]);
        Assert.Equal(figures.Accuracy, training.All("val_accuracy")[^1]);
    }

    [Fact]
    public void SeedGovernsTheRandomnessOfTheSteps()
    {
        Assert.Equal(WeightsAfter(fitSeed: 5, torchSeed: 10), WeightsAfter(fitSeed: 5, torchSeed: 11));
        Assert.NotEqual(WeightsAfter(fitSeed: 5, torchSeed: 10), WeightsAfter(fitSeed: 6, torchSeed: 10));
        Assert.NotEqual(WeightsAfter(fitSeed: null, torchSeed: 10), WeightsAfter(fitSeed: null, torchSeed: 11));

        byte[] WeightsAfter(int? fitSeed, int torchSeed)
        {
            var loop = NewLoop();
            Seed(torchSeed);
            loop.Fit(TrainBatches, seed: fitSeed);
            return Bits.Of(loop.Model);
        }
    }

    [Fact]
    public void HoldsNoMoreTensorsHoweverLongItTrains()
    {
        var loop = NewLoop();
        _ = TrainBatches;
        var counts = new HashSet<long>();
        var steps = 0;
        var observer = new Observer { AtBatchEnd = (_, _) => Count() };
        LiveTensors.AssertNoneLeft(() => loop.Fit(FreshBatches(), epochs: 75, callbacks: [observer]));

        Assert.Equal(525, steps);
        Assert.Single(counts);

        // From the second step on: the optimizer makes its state in the first one.
        void Count()
        {
            if (++steps > 1)
            {
                counts.Add(LiveTensors.Count);
            }
        }
    }

    public sealed class HandWritten() : TrainingTests(Loops.HandWritten);

    public sealed class Emitted() : TrainingTests(Loops.Emitted);
}
