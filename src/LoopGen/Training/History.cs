using System.Collections;

namespace LoopGen;

/// <summary>What <c>Fit</c> returns: the figures of every epoch that was completed, in order.</summary>
/// <typeparam name="TLog">The model's record of an epoch.</typeparam>
public sealed class History<TLog> : IReadOnlyList<TLog>
    where TLog : IEpochLog
{
    private readonly List<TLog> logs = [];

    /// <summary>How many epochs were completed.</summary>
    public int Count => logs.Count;

    /// <summary>The figures of the epoch that was completed last.</summary>
    /// <exception cref="InvalidOperationException">No epoch was completed.</exception>
    public TLog Last => logs.Count > 0
        ? logs[^1]
        : throw new InvalidOperationException(
            "No epoch was completed, so there is no last one"
            + (StopReason is null ? "." : $" (training was stopped: {StopReason}).")
            + " Check Count first.");

    /// <summary>
    /// Why training ended before every epoch was made: what was given to <see cref="TrainingRun.Stop"/>, or
    /// <c>cancelled</c>. Null when every epoch was made.
    /// </summary>
    public string? StopReason { get; set; }

    /// <summary>The figures of one epoch.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none at that place.</exception>
    public TLog this[int index] => logs[index];

    /// <summary>Adds a completed epoch.</summary>
    /// <param name="log">Its figures.</param>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> is null.</exception>
    public void Add(TLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        logs.Add(log);
    }

    /// <inheritdoc/>
    public IEnumerator<TLog> GetEnumerator() => logs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A table of all epochs in plain text: a column per figure, numbers as the progress bar prints them.</summary>
    /// <returns>Lines separated by <c>\n</c>, without one at the end.</returns>
    public override string ToString() =>
        FigureTable.Format(logs.ConvertAll(static log => (IEpochLog)log), StopReason);
}
