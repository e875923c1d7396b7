namespace LoopGen;

/// <summary>Writes the progress of a run: knows what stands on the current line of the console.</summary>
internal sealed class ProgressWriter
{
    private readonly RunEnvironment environment;
    private readonly TextWriter output;
    private readonly bool isUnicode;
    private int drawnLength;

    public ProgressWriter(Verbosity verbosity, RunEnvironment environment)
    {
        this.environment = environment;
        output = environment.Output;
        IsSilent = verbosity == Verbosity.Silent;
        HasBar = verbosity switch
        {
            Verbosity.Auto => !environment.IsOutputRedirected,
            _ => verbosity == Verbosity.ProgressBar,
        };

        // Older Windows consoles have a code page without the bar's characters. By number, since the console wraps its
        // encoding in a type of its own: UTF-8, UTF-16 and UTF-32 in both byte orders.
        isUnicode = output.Encoding.CodePage is 65001 or 1200 or 1201 or 12000 or 12001;
    }

    /// <summary>Whether figures are shown while an epoch runs.</summary>
    public bool HasBar { get; }

    private bool IsSilent { get; }

    public void BeginEpoch(int epoch, int epochs)
    {
        if (HasBar)
        {
            output.Write(ProgressText.Header(epoch, epochs) + "\n");
        }
    }

    /// <summary>Draws the bar over what was drawn before.</summary>
    public void Draw(
        long batch, long? batches, TimeSpan elapsed, IEnumerable<(string Name, double Value)> figures)
    {
        if (HasBar)
        {
            var line = ProgressText.Running(batch, batches, elapsed, figures, isUnicode);

            // A line that wraps cannot be drawn over.
            var width = environment.Width();
            Redraw(width is > 1 && line.Length >= width ? line[..(width.Value - 1)] : line, ending: "");
        }
    }

    public void EndEpoch(
        int epoch, int epochs, long batches, TimeSpan elapsed, TimeSpan perBatch, IEpochLog log)
    {
        if (HasBar)
        {
            Redraw(ProgressText.Ended(batches, elapsed, perBatch, log, isUnicode), ending: "\n");
        }
        else if (!IsSilent)
        {
            output.Write(ProgressText.Line(epoch, epochs, batches, elapsed, log) + "\n");
        }
    }

    public void Stopped(int epoch, int epochs, string reason)
    {
        if (!IsSilent)
        {
            FinishLine();
            output.Write($"{ProgressText.Header(epoch, epochs)} - stopped: {reason}\n");
        }
    }

    public void Report(string note)
    {
        if (!IsSilent)
        {
            FinishLine();
            output.Write(note + "\n");
        }
    }

    /// <summary>Leaves a half-drawn line, so that what is written next has one of its own.</summary>
    public void FinishLine()
    {
        if (drawnLength > 0)
        {
            drawnLength = 0;
            output.Write("\n");
            output.Flush();
        }
    }

    private void Redraw(string line, string ending)
    {
        output.Write("\r" + line.PadRight(drawnLength) + ending);
        output.Flush();
        drawnLength = ending.Length > 0 ? 0 : line.Length;
    }
}
