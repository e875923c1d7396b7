using LoopGen.CrashDrill;

namespace LoopGen.Examples.Tests;

/// <summary>A training that was interrupted, wherever, ends as one that was not.</summary>
public sealed class ResumeTests
{
    private const int Epochs = 4;

    /// <summary>In the first batch, inside a window, between windows, at the end of an epoch and after it.</summary>
    public static TheoryData<int> Interruptions => [.. new[] { 1, 2, 3, 4, 7, 12, 13, 14, 15, 25, 26, 27, 38, 40, 51 }];

    [Theory]
    [MemberData(nameof(Interruptions))]
    public void EndsBitForBitLikeOneThatWasNotInterrupted(int afterBatches)
    {
        using var whole = new DurableRun();
        using var expected = DurableRun.NewModel();
        var expectedBits = DurableRun.Everything(expected, whole.Fit(expected, Epochs));

        using var run = new DurableRun();
        using (var first = DurableRun.NewModel())
        {
            var batches = 0;
            var stop = new Observer { AtBatchEnd = (training, _) => Stop(training, ++batches == afterBatches) };
            var history = run.Fit(first, Epochs, callback: stop);
            Assert.Equal("enough", history.StopReason);
        }

        // Another process would have drawn other numbers by now, and other weights.
        manual_seed(99);
        rand(7);
        using var second = new DurableModel();
        var resumed = run.Fit(second, Epochs, resume: true);
        Assert.Null(resumed.StopReason);
        Assert.Equal(Epochs, resumed.Count);
        Assert.Equal(expectedBits, DurableRun.Everything(second, resumed));
    }

    [Fact]
    public void EndsAlikeWhenItIsInterruptedAgainAndAgain()
    {
        using var whole = new DurableRun();
        using var expected = DurableRun.NewModel();
        var expectedBits = DurableRun.Everything(expected, whole.Fit(expected, Epochs));

        using var run = new DurableRun();
        for (var attempt = 1; ; attempt++)
        {
            using var model = new DurableModel();
            var batches = 0;
            if (attempt == 1)
            {
                model.load_state_dict(DurableRun.NewModel().state_dict());
            }

            var history = run.Fit(model, Epochs, resume: true, callback: new Observer { AtBatchEnd = (training, _) => Stop(training, ++batches == 5) });
            if (history.StopReason is null)
            {
                Assert.Equal(expectedBits, DurableRun.Everything(model, history));
                Assert.InRange(attempt, 8, 12);
                return;
            }
        }
    }

    [Fact]
    public void RefusesMoreEpochsUnderAScheduleOverTheWholeRun()
    {
        // The cosine would end elsewhere: a schedule over the whole run is another one with more epochs.
        using var run = new DurableRun();
        using var model = DurableRun.NewModel();
        run.Fit(model, epochs: 2);
        var exception = Assert.Throws<InvalidOperationException>(() => run.Fit(model, epochs: 3, resume: true));
        Assert.Contains("schedule.decay_steps is", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATrainingThatWasCompleteReturnsWhatItHad()
    {
        using var run = new DurableRun();
        using var model = DurableRun.NewModel();
        var expected = DurableRun.Everything(model, run.Fit(model, epochs: 2));

        using var other = new DurableModel();
        var history = run.Fit(other, epochs: 2, resume: true);
        Assert.Equal(expected, DurableRun.Everything(other, history));
        Assert.Null(history.StopReason);
    }

    [Fact]
    public void AFolderWithoutCheckpointsBeginsAnew()
    {
        using var run = new DurableRun();
        using var model = DurableRun.NewModel();
        Assert.Single(run.Fit(model, epochs: 1, resume: true));
    }

    [Fact]
    public void WithoutASeedTheDrawnOneIsKept()
    {
        using var whole = new DurableRun();
        using var expected = DurableRun.NewModel();
        var expectedBits = DurableRun.Everything(expected, whole.Fit(expected, epochs: 2, seed: null));

        using var run = new DurableRun();
        using var first = DurableRun.NewModel();
        run.Fit(first, epochs: 2, seed: null, callback: new Observer { AtBatchEnd = (training, batch) => Stop(training, batch == 5) });
        manual_seed(1234);
        using var second = new DurableModel();
        Assert.Equal(expectedBits, DurableRun.Everything(second, run.Fit(second, epochs: 2, seed: null, resume: true)));
    }

    [Fact]
    public void GoesBackToAnEarlierFile()
    {
        using var run = new DurableRun();
        using var model = DurableRun.NewModel();
        var expected = DurableRun.Everything(model, run.Fit(model, epochs: 2));
        var earlier = run.Checkpoints[0];
        var later = run.Checkpoints[^1];
        Assert.NotEqual(earlier, later);

        using var other = new DurableModel();
        Assert.Equal(expected, DurableRun.Everything(other, run.Fit(other, epochs: 2, Resume.From(earlier))));

        // What was made after it is not lost.
        Assert.True(File.Exists(Path.Combine(run.Folder, "earlier", Path.GetFileName(later))));
    }

    [Fact]
    public void FreesItsTensors()
    {
        using var run = new DurableRun();
        using var interrupted = DurableRun.NewModel();
        using var resumed = new DurableModel();
        run.Fit(interrupted, epochs: 1);
        interrupted.zero_grad();
        LiveTensors.AssertNoneLeft(() =>
        {
            run.Fit(interrupted, epochs: 2, callback: new Observer { AtBatchEnd = (training, batch) => Stop(training, batch == 5) });
            run.Fit(resumed, epochs: 2, resume: true);
            interrupted.zero_grad();
            resumed.zero_grad();
        });
    }

    private static void Stop(TrainingRun run, bool now)
    {
        if (now)
        {
            run.Stop("enough");
        }
    }
}
