using LoopGen.CrashDrill;

namespace LoopGen.Examples.Tests;

/// <summary>One step of a training again.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(13)]
    public void RepeatsTheStepAsItWas(long step)
    {
        // What a whole training had after that step.
        using var whole = new DurableRun();
        using var reference = DurableRun.NewModel();
        var expected = Array.Empty<byte>();
        reference.Stepped = made => expected = made == step ? Bits.Of(reference) : expected;
        whole.Fit(reference, epochs: 2);

        using var run = new DurableRun();
        using var model = DurableRun.NewModel();
        run.Fit(model, epochs: 2, callback: new Observer { AtBatchEnd = (training, batch) => Stop(training, training.Epoch == 2 && batch == 4) });
        var files = run.Checkpoints;
        var saved = File.ReadAllBytes(files[^1]);

        using var replayed = new DurableModel();
        var actual = Array.Empty<byte>();
        var last = -1L;
        replayed.Stepped = made => (last, actual) = (made, Bits.Of(replayed));
        replayed.ReplayStep(files[^1], step, run.TrainBatches(), epochs: 2, run.ValidationBatches(), CPU);
        Assert.Equal(step, last);
        Assert.Equal(expected, actual);

        // It looks, and leaves no trace.
        Assert.Equal(files, run.Checkpoints);
        Assert.Equal(saved, File.ReadAllBytes(files[^1]));
    }

    [Fact]
    public void EndsBehindTheStep()
    {
        using var run = new DurableRun();
        using var model = DurableRun.NewModel();
        run.Fit(model, epochs: 2, callback: new Observer { AtBatchEnd = (training, batch) => Stop(training, training.Epoch == 2 && batch == 4) });

        using var replayed = new DurableModel();
        var history = run.Fit(replayed, epochs: 2, Resume.Replay(run.Checkpoints[^1], step: 11));
        Assert.Equal("step 11 was repeated", history.StopReason);
        Assert.Single(history);
    }

    [Fact]
    public void AStepThatWasOverIsRefused()
    {
        using var run = new DurableRun();
        using var model = DurableRun.NewModel();
        run.Fit(model, epochs: 2);
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => run.Fit(model, epochs: 2, Resume.Replay(run.Checkpoints[^1], step: 3)));
        Assert.Contains("Take an earlier checkpoint", exception.Message, StringComparison.Ordinal);
    }

    private static void Stop(TrainingRun run, bool now)
    {
        if (now)
        {
            run.Stop("enough");
        }
    }
}
