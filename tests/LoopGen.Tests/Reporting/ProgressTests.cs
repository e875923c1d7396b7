using System.Text;

namespace LoopGen.Tests;

public sealed class ProgressTests
{
    [Fact]
    public void PrintsALinePerEpoch()
    {
        using var test = new TestRun(epochs: 2, verbosity: Verbosity.LinePerEpoch);
        test.Epoch(1, 12, 250, new CountedFigure("loss"), ("loss", 0.43214), ("accuracy", 0.8765), ("val_loss", 0.5));
        test.Epoch(2, 12, 6000, new CountedFigure("loss"), ("loss", 0.4), ("accuracy", 0.9), ("val_loss", null));
        Assert.Equal(
            "Epoch 1/2 - 12/12 - 3s - loss: 0.4321 - accuracy: 0.8765 - val_loss: 0.5000\n"
            + "Epoch 2/2 - 12/12 - 1:12 - loss: 0.4000 - accuracy: 0.9000\n",
            test.Printed);
    }

    [Fact]
    public void PrintsNothingWhenSilent()
    {
        using var test = new TestRun(epochs: 2, verbosity: Verbosity.Silent);
        test.Epoch(1, 2, 200, new CountedFigure("loss"), ("loss", 1));
        test.Run.Stop("enough");
        test.Run.End(new History<TestLog>());
        Assert.Equal("", test.Printed);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void DrawsABarOnATerminalOnly(bool isOutputRedirected, bool hasBar)
    {
        using var test = new TestRun(verbosity: Verbosity.Auto, isOutputRedirected: isOutputRedirected);
        test.Epoch(1, 2, 200, new CountedFigure("loss"), ("loss", 1));
        Assert.Equal(hasBar, test.Printed.Contains('\r'));
        Assert.EndsWith("loss: 1.0000\n", test.Printed);
    }

    [Fact]
    public void RedrawsTheBarInPlace()
    {
        using var test = new TestRun(
            epochs: 3, verbosity: Verbosity.ProgressBar, batches: Enumerable.Range(0, 10).ToArray());
        test.Epoch(1, 10, 50, new CountedFigure("loss", 0.123456), ("loss", 0.1), ("val_loss", 0.2));
        Assert.Equal(
            "Epoch 1/3\n"
            + "\r 1/10 ━━────────────────── 0s 50ms/step - loss: 0.1235"
            + "\r 3/10 ━━━━━━────────────── 0s 50ms/step - loss: 0.1235"
            + "\r 5/10 ━━━━━━━━━━────────── 0s 50ms/step - loss: 0.1235"
            + "\r 7/10 ━━━━━━━━━━━━━━────── 0s 50ms/step - loss: 0.1235"
            + "\r 9/10 ━━━━━━━━━━━━━━━━━━── 0s 50ms/step - loss: 0.1235"
            + "\r10/10 ━━━━━━━━━━━━━━━━━━━━ 0s 50ms/step - loss: 0.1000 - val_loss: 0.2000\n",
            test.Printed);
    }

    [Fact]
    public void OverwritesALongerLine()
    {
        using var test = new TestRun(verbosity: Verbosity.ProgressBar);
        test.Run.BeginEpoch(1);
        test.Time.Advance(2000);
        test.Run.EndBatch(new CountedFigure("a_rather_long_name", 123456));
        var drawn = test.Printed.Split('\r')[^1];
        test.Run.EndEpoch(new TestLog(1, ("loss", 1)));
        var line = test.Printed.Split('\r')[^1];
        Assert.EndsWith("loss: 1.0000", line.TrimEnd());
        Assert.Equal(drawn.Length, line.TrimEnd('\n').Length);
    }

    [Fact]
    public void ShowsWhatRemainsThenWhatItTook()
    {
        using var test = new TestRun(verbosity: Verbosity.ProgressBar, batches: Enumerable.Range(0, 4).ToArray());
        test.Epoch(1, 4, 3000, new CountedFigure("loss"), ("loss", 1));
        var lines = test.Printed.Split('\r');
        Assert.Contains(" 9s 3s/step", lines[1]);
        Assert.Contains(" 3s 3s/step", lines[3]);
        Assert.Contains(" 12s 3s/step", lines[5]);
    }

    [Fact]
    public void ShowsWhatPassedWhenTheNumberIsUnknown()
    {
        using var test = new TestRun(
            verbosity: Verbosity.ProgressBar, batches: Enumerable.Range(0, 9).Where(number => number > 5));
        test.Epoch(1, 3, 2000, new CountedFigure("loss"), ("loss", 1));
        var lines = test.Printed.Split('\r');
        Assert.Equal("2/? 4s 2s/step - loss: 0.5000", lines[2]);
        Assert.StartsWith("3/3 ━━━━━━━━━━━━━━━━━━━━ 6s", lines[4]);
    }

    [Fact]
    public void ShowsNoFigureThatTakesLongBeforeTheEpochEnds()
    {
        var recorder = new FigureRecorder();
        var costly = new CountedFigure("roc_auc", isCheap: false);
        using var test = new TestRun(verbosity: Verbosity.ProgressBar, callbacks: [recorder]);
        test.Run.BeginEpoch(1);
        test.Time.Advance(200);
        test.Run.EndBatch(new CountedFigure("loss"), costly, new CountedFigure("accuracy", 0.75));
        Assert.EndsWith("loss: 0.5000 - accuracy: 0.7500", test.Printed.TrimEnd());
        Assert.Equal(0, costly.Reads);
        test.Run.EndEpoch(new TestLog(1, ("loss", 1), ("roc_auc", 0.5)));
        Assert.EndsWith("loss: 1.0000 - roc_auc: 0.5000", test.Printed.TrimEnd());
    }

    [Fact]
    public void DoesNotWrap()
    {
        using var test = new TestRun(verbosity: Verbosity.ProgressBar, width: 20);
        test.Epoch(1, 2, 200, new CountedFigure("loss"), ("loss", 1));
        Assert.Equal("1/2 ━━━━━━━━━━─────", test.Printed.Split('\r')[1]);
        Assert.Equal(19, test.Printed.Split('\r')[2].Length);

        // What stays is whole.
        Assert.EndsWith("loss: 1.0000\n", test.Printed);
    }

    [Fact]
    public void SaysWhyItStopped()
    {
        using var bar = new TestRun(epochs: 3, verbosity: Verbosity.ProgressBar);
        bar.Run.BeginEpoch(1);
        bar.Time.Advance(100);
        bar.Run.EndBatch(new CountedFigure("loss"));
        bar.Run.Stop("enough");
        bar.Run.End(new History<TestLog>());
        Assert.EndsWith("loss: 0.5000\nEpoch 1/3 - stopped: enough\n", bar.Printed);

        using var lines = new TestRun(
            epochs: 3, verbosity: Verbosity.LinePerEpoch, cancellationToken: new CancellationToken(canceled: true));
        lines.Run.End(new History<TestLog>());
        Assert.Equal("Epoch 1/3 - stopped: cancelled\n", lines.Printed);
    }

    [Fact]
    public void DrawsWithLettersWhereTheConsoleHasNoOthers()
    {
        using var model = new TinyModel();
        using var console = new AsciiConsole();
        var time = new FakeTime();
        using var run = TrainingRun.Start(
            model,
            new[] { 1, 2 },
            1,
            Verbosity.ProgressBar,
            null,
            default,
            "trainBatches",
            new RunEnvironment(time, console, false, () => null));
        run.BeginEpoch(1);
        time.Advance(100);
        run.EndBatch();
        Assert.Contains("1/2 ==========.......... 0s", console.ToString());
    }

    [Theory]
    [InlineData(0.0, "0.0000")]
    [InlineData(0.43214, "0.4321")]
    [InlineData(12.5, "12.5000")]
    [InlineData(0.001, "0.0010")]
    [InlineData(0.000999, "9.9900e-04")]
    [InlineData(-0.00001, "-1.0000e-05")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void WritesNumbersAsKerasDoes(double value, string text) => Assert.Equal(text, ProgressText.Number(value));

    [Theory]
    [InlineData(0.4, "0s")]
    [InlineData(59.4, "59s")]
    [InlineData(59.6, "1:00")]
    [InlineData(125, "2:05")]
    [InlineData(3725, "1:02:05")]
    public void WritesDurationsAsKerasDoes(double seconds, string text) =>
        Assert.Equal(text, ProgressText.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void WritesStepsInTheUnitThatSuits()
    {
        TimeSpan[] elapsed =
            [TimeSpan.FromSeconds(6), TimeSpan.FromMilliseconds(14), TimeSpan.FromMilliseconds(0.5)];
        Assert.Equal(
            ["2/? 6s 3s/step", "2/? 0s 7ms/step", "2/? 0s 250us/step"],
            elapsed.Select(time => ProgressText.Running(2, null, time, [], isUnicode: true)));
    }

    private sealed class AsciiConsole : StringWriter
    {
        public override Encoding Encoding => Encoding.ASCII;
    }
}
