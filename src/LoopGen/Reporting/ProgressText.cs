using System.Globalization;
using System.Text;

namespace LoopGen;

/// <summary>The lines that <c>Fit</c> prints, in Keras's layout.</summary>
internal static class ProgressText
{
    private const int BarWidth = 20;

    /// <summary>
    /// A number with four decimals; in scientific notation where those would show little of it.
    /// </summary>
    public static string Number(double value)
    {
        var isTiny = value != 0 && Math.Abs(value) < 1e-3;
        return value.ToString(isTiny ? "0.0000e+00" : "0.0000", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The line of a running epoch: <c> 12/469 ━━────… 3s 7ms/step - loss: 0.4321</c>, with the time that remains where
    /// the number of batches is known, else the time that passed.
    /// </summary>
    public static string Running(
        long batch, long? batches, TimeSpan elapsed, IEnumerable<(string Name, double Value)> figures, bool isUnicode)
    {
        var perBatch = elapsed / batch;
        var text = new StringBuilder();
        AppendBar(text, batch, batches, isUnicode);
        var shown = batches is { } total ? perBatch * Math.Max(0, total - batch) : elapsed;
        text.Append(CultureInfo.InvariantCulture, $" {Duration(shown)} {PerStep(perBatch)}");
        AppendFigures(text, figures);
        return text.ToString();
    }

    /// <summary>The last line of an epoch: a full bar and the time that it took.</summary>
    public static string Ended(long batch, TimeSpan elapsed, TimeSpan perBatch, IEpochLog log, bool isUnicode)
    {
        var text = new StringBuilder();
        AppendBar(text, batch, batch, isUnicode);
        text.Append(CultureInfo.InvariantCulture, $" {Duration(elapsed)} {PerStep(perBatch)}");
        AppendFigures(text, Measured(log));
        return text.ToString();
    }

    /// <summary>An epoch in one line: <c>Epoch 1/5 - 12/12 - 0s - loss: 0.4321</c>.</summary>
    public static string Line(int epoch, int epochs, long batches, TimeSpan elapsed, IEpochLog log)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Header(epoch, epochs)} - {batches}/{batches} - {Duration(elapsed)}");
        AppendFigures(text, Measured(log));
        return text.ToString();
    }

    /// <summary><c>Epoch 3/10</c>.</summary>
    public static string Header(int epoch, int epochs) =>
        string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch}/{epochs}");

    /// <summary><c>7s</c>, <c>2:05</c>, <c>1:02:05</c>, in whole seconds as in Keras.</summary>
    public static string Duration(TimeSpan time)
    {
        var seconds = (long)Math.Round(time.TotalSeconds);
        var (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        return seconds switch
        {
            >= 3600 => string.Create(CultureInfo.InvariantCulture, $"{hours}:{minutes:00}:{seconds % 60:00}"),
            >= 60 => string.Create(CultureInfo.InvariantCulture, $"{minutes}:{seconds % 60:00}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
        };
    }

    private static string PerStep(TimeSpan time) => time.TotalSeconds switch
    {
        >= 1 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}s/step"),
        >= 1e-3 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms/step"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds:0}us/step"),
    };

    private static void AppendBar(StringBuilder text, long batch, long? batches, bool isUnicode)
    {
        if (batches is not { } total || total == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{batch}/?");
            return;
        }

        // Aligned under the number of the last batch, so that the bar does not move as the numbers grow.
        var all = total.ToString(CultureInfo.InvariantCulture);
        var done = (int)(BarWidth * batch / total);
        text.Append(batch.ToString(CultureInfo.InvariantCulture).PadLeft(all.Length)).Append('/').Append(all).Append(' ')
            .Append(isUnicode ? '━' : '=', done)
            .Append(isUnicode ? '─' : '.', BarWidth - done);
    }

    private static void AppendFigures(StringBuilder text, IEnumerable<(string Name, double Value)> figures)
    {
        foreach (var (name, value) in figures)
        {
            text.Append(" - ").Append(name).Append(": ").Append(Number(value));
        }
    }

    private static IEnumerable<(string Name, double Value)> Measured(IEpochLog log)
    {
        foreach (var (name, value) in log.Figures)
        {
            if (value is { } measured)
            {
                yield return (name, measured);
            }
        }
    }
}
