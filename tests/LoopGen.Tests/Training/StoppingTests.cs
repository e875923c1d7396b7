namespace LoopGen.Tests;

public sealed class StoppingTests
{
    [Fact]
    public void StopsForAReason()
    {
        using var test = new TestRun(epochs: 3);
        Assert.False(test.Run.IsStopped);
        Assert.Null(test.Run.StopReason);
        test.Run.Stop("val_loss has not improved for 3 epochs");
        test.Run.Stop("later");
        Assert.True(test.Run.IsStopped);
        Assert.Equal("val_loss has not improved for 3 epochs", test.Run.StopReason);
        Assert.Equal(
            "val_loss has not improved for 3 epochs", test.Run.End(new History<TestLog>()).StopReason);
    }

    [Fact]
    public void FollowsTheToken()
    {
        using var source = new CancellationTokenSource();
        using var test = new TestRun(epochs: 3, cancellationToken: source.Token);
        Assert.False(test.Run.IsStopped);
        source.Cancel();
        Assert.True(test.Run.IsStopped);
        Assert.Equal("cancelled", test.Run.StopReason);
        Assert.Equal("cancelled", test.Run.End(new History<TestLog>()).StopReason);
    }

    [Fact]
    public void PrefersTheReasonOfACallbackToTheToken()
    {
        using var test = new TestRun(epochs: 3, cancellationToken: new CancellationToken(canceled: true));
        test.Run.Stop("enough");
        Assert.Equal("enough", test.Run.StopReason);
    }

    [Fact]
    public void ReportsNoStopWhenEveryEpochWasMade()
    {
        using var test = new TestRun(epochs: 1);
        test.Epoch(1, 1, 1, new CountedFigure("loss"));
        test.Run.Stop("too late");
        var history = new History<TestLog>();
        history.Add(new TestLog(1));
        Assert.Null(test.Run.End(history).StopReason);
    }

    [Fact]
    public void ClearsAnOldReason()
    {
        using var test = new TestRun(epochs: 1);
        test.Epoch(1, 1, 1, new CountedFigure("loss"));
        Assert.Null(test.Run.End(new History<TestLog> { StopReason = "old" }).StopReason);
    }

    [Fact]
    public void RaisesNothingWhenStoppedBeforeTheFirstEpoch()
    {
        var recorder = new Recorder();
        using var test = new TestRun(
            epochs: 3, callbacks: [recorder], cancellationToken: new CancellationToken(canceled: true));
        test.Run.End(new History<TestLog>());
        Assert.Empty(recorder.Events);
    }

    [Fact]
    public void EndsTheTrainingForCallbacksToo()
    {
        var recorder = new Recorder();
        using var test = new TestRun(epochs: 3, callbacks: [recorder]);
        test.Run.BeginEpoch(1);
        test.Run.Stop("enough");
        test.Run.End(new History<TestLog>());
        Assert.Equal(["train begin", "epoch begin 1", "train end"], recorder.Events);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void WantsAReason(string reason)
    {
        using var test = new TestRun();
        Assert.Throws<ArgumentException>("reason", () => test.Run.Stop(reason));
        Assert.False(test.Run.IsStopped);
    }
}
