namespace LoopGen.Tests;

public sealed class CleanUpTests
{
    [Fact]
    public void RestoresModesWithoutAnEnd()
    {
        var test = new TestRun();
        test.Run.Dispose();
        Assert.True(test.Model.training);

        using var model = new TinyModel();
        model.train();
        model.Dropout.eval();
        using (TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent))
        {
            model.train();
            model.Linear.eval();
        }

        Assert.True(model.training);
        Assert.True(model.Linear.training);
        Assert.False(model.Dropout.training);
        test.Dispose();
    }

    [Fact]
    public void LeavesModesAfterAnEnd()
    {
        using var model = new TinyModel();
        model.train();
        using (var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent))
        {
            model.eval();
            run.End(new History<TestLog>());
        }

        Assert.False(model.training);
    }

    [Fact]
    public void RestoresModesWhenTheLastCallbackFails()
    {
        using var model = new TinyModel();
        model.train();
        Assert.Throws<FormatException>(() =>
        {
            using var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent, [new FailingAtTheEnd()]);
            run.BeginEpoch(1);
            model.eval();
            run.End(new History<TestLog>());
        });
        Assert.True(model.training);
    }

    [Fact]
    public void DisposesWhatItOwnsInReverse()
    {
        var order = new List<int>();
        using (var test = new TestRun())
        {
            var first = new Resource(() => order.Add(1));
            Assert.Same(first, test.Run.Own(first));
            test.Run.Own(new Resource(() => order.Add(2)));
            test.Run.End(new History<TestLog>());
            Assert.Empty(order);
        }

        Assert.Equal([2, 1], order);
    }

    [Fact]
    public void DisposesOnce()
    {
        var count = 0;
        var test = new TestRun();
        test.Run.Own(new Resource(() => count++));
        test.Run.Dispose();
        test.Dispose();
        Assert.Equal(1, count);
        Assert.Throws<ObjectDisposedException>(() => test.Run.Own(new Resource(() => { })));
        Assert.Throws<ArgumentNullException>("resource", () => test.Run.Own<Resource>(null!));
    }

    [Fact]
    public void KeepsTheFirstException()
    {
        var isSecondDisposed = false;
        Assert.Throws<FormatException>(() =>
        {
            using var model = new TinyModel();
            using var run = TrainingRun.Start(
                model,
                new[] { 1 },
                1,
                Verbosity.ProgressBar,
                null,
                default,
                "trainBatches",
                new RunEnvironment(new FakeTime(), new BrokenConsole(), false, () => null));
            run.Own(new Resource(() => isSecondDisposed = true));
            run.Own(new Resource(() => throw new TimeoutException()));
            Fail();
        });
        Assert.True(isSecondDisposed);
    }

    [Fact]
    public void ReportsAResourceThatFailsWhenAllElseWentWell()
    {
        var isSecondDisposed = false;
        Assert.Throws<TimeoutException>(() =>
        {
            using var model = new TinyModel();
            using var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent);
            run.Own(new Resource(() => isSecondDisposed = true));
            run.Own(new Resource(() => throw new TimeoutException()));
            run.End(new History<TestLog>());
        });
        Assert.True(isSecondDisposed);
    }

    [Fact]
    public void FinishesAHalfDrawnLine()
    {
        var test = new TestRun(verbosity: Verbosity.ProgressBar);
        test.Run.BeginEpoch(1);
        test.Time.Advance(200);
        test.Run.EndBatch(new CountedFigure("loss"));
        Assert.EndsWith("loss: 0.5000", test.Printed);
        test.Run.Dispose();
        Assert.EndsWith("loss: 0.5000\n", test.Printed);
        test.Dispose();
    }

    private static void Fail() => throw new FormatException();

    private sealed class Resource(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }

    private sealed class FailingAtTheEnd : Callback
    {
        public override void OnTrainEnd(TrainingRun run) => throw new FormatException();
    }

    private sealed class BrokenConsole : StringWriter
    {
        public override void Flush() => throw new IOException();
    }
}
