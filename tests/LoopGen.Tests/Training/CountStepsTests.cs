namespace LoopGen.Tests;

public sealed class CountStepsTests
{
    [Theory]
    [InlineData(1, 7, 1, 7)]
    [InlineData(3, 7, 1, 21)]
    [InlineData(1, 7, 7, 1)]
    [InlineData(1, 7, 100, 1)]
    [InlineData(2, 8, 4, 4)]
    [InlineData(int.MaxValue, 7, int.MaxValue, int.MaxValue)]
    [InlineData(int.MaxValue, 3, 1, 3L * int.MaxValue)]
    public void CountsUpdatesOfAllEpochs(int epochs, int batches, int batchesPerStep, long steps)
    {
        using var test = new TestRun(epochs, batches: new int[batches]);
        Assert.Equal(steps, test.Run.CountSteps(batchesPerStep));
    }

    /// <summary>Seven batches in windows of three are three updates an epoch: no window spans two epochs.</summary>
    [Fact]
    public void CountsTheShortWindowOfEveryEpoch()
    {
        using var test = new TestRun(epochs: 4, batches: new int[7]);
        Assert.Equal(12, test.Run.CountSteps(batchesPerStep: 3));
        Assert.Equal(28, test.Run.CountSteps());
    }

    [Fact]
    public void ExplainsASourceThatDoesNotCount()
    {
        using var model = new TinyModel();
        var lines = Enumerable.Range(0, 5).Where(number => number > 1);
        using var run = TrainingRun.Start(model, lines, 1, Verbosity.Silent);
        var exception = Assert.Throws<InvalidOperationException>(() => run.CountSteps());
        Assert.Equal(
            "lines does not tell how many batches it has, so that the schedule has no end: set its length (DecaySteps "
            + "or TotalSteps of [Schedule]), or pass a collection, such as a list or TensorBatches.",
            exception.Message);
    }

    [Fact]
    public void RefusesStepsOfNoBatches()
    {
        using var test = new TestRun();
        var exception = Assert.Throws<ArgumentOutOfRangeException>("batchesPerStep", () => test.Run.CountSteps(0));
        Assert.StartsWith("batchesPerStep must be at least 1.", exception.Message);
        Assert.Equal(0, exception.ActualValue);
    }
}
