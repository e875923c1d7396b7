namespace LoopGen.Tests;

public sealed class TrainingRunTests
{
    [Fact]
    public void TellsCallbacksInOrder()
    {
        var recorder = new FigureRecorder();
        using var test = new TestRun(epochs: 2, callbacks: [recorder]);
        var loss = new CountedFigure("loss", 0.25);
        Assert.Empty(recorder.Events);
        test.Epoch(1, 2, 60, loss);
        test.Epoch(2, 1, 60, loss);
        test.Run.End(new History<TestLog>());
        Assert.Equal(
            [
                "train begin",
                "epoch begin 1",
                "batch end 1",
                "figures loss=0.25",
                "batch end 2",
                "epoch end 1",
                "epoch begin 2",
                "batch end 1",
                "figures loss=0.25",
                "epoch end 2",
                "train end",
            ],
            recorder.Events);
    }

    [Fact]
    public void TellsEveryCallbackInTheOrderOfTheList()
    {
        var order = new List<string>();
        using var test = new TestRun(callbacks: [new Named("first", order), new Named("second", order)]);
        test.Run.BeginEpoch(1);
        test.Run.EndBatch();
        Assert.Equal(["first", "second"], order);
    }

    [Fact]
    public void ReadsFiguresTenTimesASecondAtMost()
    {
        using var test = new TestRun(callbacks: [new FigureRecorder()]);
        var loss = new CountedFigure("loss");

        // 1000 batches of 1 ms: one read at the first, then one every 100 ms.
        test.Epoch(1, 1000, 1, loss);
        Assert.Equal(10, loss.Reads);
    }

    [Fact]
    public void ReadsFiguresTenTimesASecondAcrossShortEpochs()
    {
        using var test = new TestRun(epochs: 100, callbacks: [new FigureRecorder()]);
        var loss = new CountedFigure("loss");
        for (var epoch = 1; epoch <= 100; epoch++)
        {
            test.Epoch(epoch, 2, 5, loss);
        }

        Assert.Equal(10, loss.Reads);
    }

    [Fact]
    public void ReadsFiguresAfterEveryBatchThatIsSlow()
    {
        using var test = new TestRun(callbacks: [new FigureRecorder()]);
        var loss = new CountedFigure("loss");
        test.Epoch(1, 5, 100, loss);
        Assert.Equal(5, loss.Reads);
    }

    [Theory]
    [InlineData(Verbosity.Silent)]
    [InlineData(Verbosity.LinePerEpoch)]
    public void ReadsNoFiguresThatNobodyWants(Verbosity verbosity)
    {
        // A callback that does not override OnFigures is no reason.
        using var test = new TestRun(verbosity: verbosity, callbacks: [new Recorder()]);
        var loss = new CountedFigure("loss");
        test.Epoch(1, 5, 500, loss);
        Assert.Equal(0, loss.Reads);
    }

    [Fact]
    public void ReadsFiguresOnceForAllWhoWantThem()
    {
        using var test = new TestRun(
            verbosity: Verbosity.ProgressBar, callbacks: [new FigureRecorder(), new FigureRecorder()]);
        var loss = new CountedFigure("loss");
        test.Epoch(1, 3, 200, loss);
        Assert.Equal(3, loss.Reads);
    }

    [Fact]
    public void TellsCallbacksHowLongTheRunIs()
    {
        using var test = new TestRun(epochs: 3, batches: [1, 2, 3, 4]);
        Assert.Equal((3, 0, 4L), (test.Run.Epochs, test.Run.Epoch, test.Run.BatchesPerEpoch));
        test.Run.BeginEpoch(1);
        Assert.Equal(1, test.Run.Epoch);
    }

    [Fact]
    public void LearnsTheNumberOfBatchesFromTheFirstEpoch()
    {
        using var test = new TestRun(epochs: 2, batches: Enumerable.Range(0, 5).Where(number => number > 1));
        Assert.Null(test.Run.BatchesPerEpoch);
        test.Epoch(1, 3, 1, new CountedFigure("loss"));
        Assert.Equal(3, test.Run.BatchesPerEpoch);
    }

    [Fact]
    public void AsksTensorBatchesAndLoadersForTheirNumber()
    {
        using var data = rand(10, 2);
        using var model = new TinyModel();
        using var dataset = utils.data.TensorDataset(data, data);
        using var loader = utils.data.DataLoader(dataset, 3, disposeDataset: false);
        using var tensors = TrainingRun.Start(model, Batches.FromTensors(data, data, 4), 1, Verbosity.Silent);
        using var loaded = TrainingRun.Start(model, Batches.FromLoader(loader), 1, Verbosity.Silent);
        Assert.Equal((3L, 4L), (tensors.BatchesPerEpoch, loaded.BatchesPerEpoch));
    }

    [Fact]
    public void DoesNotTrustANumberThatIsExceeded()
    {
        using var test = new TestRun(batches: [1, 2]);
        test.Run.BeginEpoch(1);
        test.Run.EndBatch();
        test.Run.EndBatch();
        Assert.Equal(2, test.Run.BatchesPerEpoch);
        test.Run.EndBatch();
        Assert.Null(test.Run.BatchesPerEpoch);
    }

    [Fact]
    public void LeavesErrorsOfCallbacksAsTheyAre()
    {
        using var test = new TestRun(callbacks: [new Failing()]);
        test.Run.BeginEpoch(1);
        Assert.Throws<FormatException>(() => test.Run.EndBatch());
    }

    private sealed class Named(string name, List<string> order) : Callback
    {
        public override void OnBatchEnd(TrainingRun run, long batch) => order.Add(name);
    }

    private sealed class Failing : Callback
    {
        public override void OnBatchEnd(TrainingRun run, long batch) => throw new FormatException();
    }
}
