namespace LoopGen;

/// <summary>Where a run is, and when its figures are shown.</summary>
internal sealed class RunProgress
{
    /// <summary>Reading figures waits for the device, so it is done at most ten times a second.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly int epochs;
    private readonly ProgressWriter writer;
    private readonly TimeProvider time;
    private readonly Callback[] readers;
    private int epoch;
    private long began;
    private long epochBegan;
    private long lastBatchEnded;
    private long? lastShown;

    public RunProgress(
        int epochs, long? batchesPerEpoch, ProgressWriter writer, IReadOnlyList<Callback> callbacks, TimeProvider time)
    {
        this.epochs = epochs;
        BatchesPerEpoch = batchesPerEpoch;
        this.writer = writer;
        this.time = time;
        readers = callbacks.Where(ReadsFigures).ToArray();
    }

    public long? BatchesPerEpoch { get; private set; }

    public TimeProvider Time => time;

    /// <summary>The batch of the running epoch that ended last, from 1.</summary>
    public long Batch { get; private set; }

    public void BeginEpoch(int number, long position)
    {
        epoch = number;
        Batch = began = position;
        epochBegan = lastBatchEnded = time.GetTimestamp();
        writer.BeginEpoch(epoch, epochs);
    }

    public void CountBatch()
    {
        Batch++;

        // More than the source said: it does not know.
        if (Batch > BatchesPerEpoch)
        {
            BatchesPerEpoch = null;
        }
    }

    /// <summary>Reads the figures if somebody wants them and it is time.</summary>
    public void ShowFigures(TrainingRun run, IFigure[] figures)
    {
        var now = time.GetTimestamp();
        lastBatchEnded = now;
        var isTime = lastShown is not { } last || time.GetElapsedTime(last, now) >= Interval;
        if (!isTime || (!writer.HasBar && readers.Length == 0))
        {
            return;
        }

        // What takes long to compute must not be computed ten times a second: it waits for the end of the epoch.
        var cheap = Array.FindAll(figures, static figure => figure.IsCheap);
        var values = Array.ConvertAll(cheap, static figure => (figure.Name, figure.Compute()));
        writer.Draw(Batch, BatchesPerEpoch, time.GetElapsedTime(epochBegan, now), values);
        foreach (var reader in readers)
        {
            reader.OnFigures(run, values);
        }

        // From when the device was done, so that a slow one is not asked again at once.
        lastShown = time.GetTimestamp();
    }

    public void EndEpoch(IEpochLog log)
    {
        BatchesPerEpoch = Batch;
        var elapsed = time.GetElapsedTime(epochBegan);

        // Validation is part of the epoch but not of its steps.
        var perBatch = time.GetElapsedTime(epochBegan, lastBatchEnded) / Math.Max(1, Batch - began);
        writer.EndEpoch(epoch, epochs, Batch, elapsed, perBatch, log);
    }

    public void Stopped(string reason) => writer.Stopped(Math.Max(1, epoch), epochs, reason);

    public void Report(string note) => writer.Report(note);

    public void FinishLine() => writer.FinishLine();

    /// <summary>Whether a callback overrides <see cref="Callback.OnFigures"/>.</summary>
    private static bool ReadsFigures(Callback callback) =>
        ((Action<TrainingRun, IReadOnlyList<(string Name, double Value)>>)callback.OnFigures)
            .Method.DeclaringType != typeof(Callback);
}
