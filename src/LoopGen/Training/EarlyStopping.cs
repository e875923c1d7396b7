using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LoopGen;

/// <summary>Decides after each epoch whether a training goes on, by a figure such as the validation loss.</summary>
/// <remarks>
/// <para>
/// As Keras's <see href="https://keras.io/api/callbacks/early_stopping/">EarlyStopping</see>: better means by more than
/// an absolute <c>minDelta</c>, and the <c>patience</c>-th epoch in a row without an improvement is the last one. The
/// thresholds and the stop at a figure that is not finite are those of Lightning's
/// <see href="https://lightning.ai/docs/pytorch/stable/api/lightning.pytorch.callbacks.EarlyStopping.html">EarlyStopping</see>;
/// in Keras a first NaN becomes the best, which nothing beats.
/// </para>
/// <para>An instance is for one training, and for one thread at a time.</para>
/// </remarks>
public sealed class EarlyStopping : IStateful
{
    private readonly string monitor;
    private readonly int patience;
    private readonly double minDelta;
    private readonly bool isHigherBetter;
    private readonly double? baseline;
    private readonly int warmupEpochs;
    private readonly double? stoppingThreshold;
    private readonly double? divergenceThreshold;

    /// <summary>Makes a rule.</summary>
    /// <param name="monitor">What the figure is called, for <see cref="Reason"/>: <c>val_loss</c>.</param>
    /// <param name="patience">Epochs in a row without an improvement that end the training, at least 1; by default 3.</param>
    /// <param name="minDelta">
    /// By how much a figure must be better than the best to be an improvement, at least 0, which is the default; in the
    /// figure's units.
    /// </param>
    /// <param name="isHigherBetter">Whether higher is better, as for an accuracy; by default lower is.</param>
    /// <param name="baseline">
    /// What the figure must beat, too, for the count of epochs to begin anew; null (the default) for nothing.
    /// </param>
    /// <param name="warmupEpochs">Epochs at first whose figures are not judged, at least 0, which is the default.</param>
    /// <param name="stoppingThreshold">A figure that is as good as this ends the training; null (the default) for none.</param>
    /// <param name="divergenceThreshold">A figure that is worse than this ends the training; null (the default) for none.</param>
    /// <exception cref="ArgumentException"><paramref name="monitor"/> is null, empty or blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public EarlyStopping(
        string monitor,
        int patience = 3,
        double minDelta = 0,
        bool isHigherBetter = false,
        double? baseline = null,
        int warmupEpochs = 0,
        double? stoppingThreshold = null,
        double? divergenceThreshold = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(monitor);
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(warmupEpochs);
        this.monitor = monitor;
        this.patience = patience;
        this.minDelta = double.IsFinite(minDelta) && minDelta >= 0
            ? minDelta
            : throw new ArgumentOutOfRangeException(
                nameof(minDelta), minDelta, "minDelta must be a number that is at least 0.");
        this.isHigherBetter = isHigherBetter;
        this.baseline = Finite(baseline, nameof(baseline));
        this.warmupEpochs = warmupEpochs;
        this.stoppingThreshold = Finite(stoppingThreshold, nameof(stoppingThreshold));
        this.divergenceThreshold = Finite(divergenceThreshold, nameof(divergenceThreshold));
    }

    /// <summary>How many epochs were judged or passed over.</summary>
    public int Epochs { get; private set; }

    /// <summary>The best figure; null before there is one.</summary>
    public double? Best { get; private set; }

    /// <summary>The epoch of the best figure, the first is 1; null before there is one.</summary>
    public int? BestEpoch { get; private set; }

    /// <summary>Epochs in a row without an improvement.</summary>
    public int EpochsWithoutImprovement { get; private set; }

    /// <summary>Whether the training is over.</summary>
    [MemberNotNullWhen(true, nameof(Reason))]
    public bool IsExhausted => Reason is not null;

    /// <summary>Why the training is over, in words that can follow "stopped:"; null while it goes on.</summary>
    public string? Reason { get; private set; }

    /// <summary>Tells the figure of an epoch that has ended.</summary>
    /// <param name="value">The figure.</param>
    /// <returns>Whether it is better than all before.</returns>
    public bool Update(double value)
    {
        Epochs++;
        if (!double.IsFinite(value))
        {
            Stop($"{monitor} was {Text(value)} in epoch {Epochs}{Hint(value)}");
            return false;
        }

        if (Epochs <= warmupEpochs)
        {
            return false;
        }

        var isBest = Best is not { } best || IsBetter(value, best, by: minDelta);
        if (isBest)
        {
            Best = value;
            BestEpoch = Epochs;
        }

        // One that is the best and still behind the baseline does not begin the count anew, and does not end it.
        if (isBest && (baseline is not { } mark || IsBetter(value, mark, by: minDelta)))
        {
            EpochsWithoutImprovement = 0;
        }
        else
        {
            EpochsWithoutImprovement++;
        }

        if (stoppingThreshold is { } goal && !IsBetter(goal, value, by: 0))
        {
            Stop($"{monitor} reached {Text(goal)} with {Text(value)} in epoch {Epochs}");
        }
        else if (divergenceThreshold is { } limit && IsBetter(limit, value, by: 0))
        {
            Stop($"{monitor} was {Text(value)} in epoch {Epochs}, which is worse than {Text(limit)}");
        }
        else if (!isBest && EpochsWithoutImprovement >= patience)
        {
            Stop(
                $"{monitor} has not improved for {EpochsWithoutImprovement} {(EpochsWithoutImprovement == 1 ? "epoch" : "epochs")}; "
                + $"the best was {Text(Best!.Value)} in epoch {BestEpoch}");
        }

        return isBest;
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (var (name, value) in Settings)
        {
            state.Write(name, value);
        }

        state.Write("monitor", monitor);
        state.Write("epochs", Epochs);
        state.Write("epochs_without_improvement", EpochsWithoutImprovement);
        state.Write("best_epoch", BestEpoch ?? 0);
        state.Write("best", Best ?? double.NaN);
        state.Write("reason", Reason ?? string.Empty);
    }

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (var (name, value) in Settings)
        {
            state.Check(name, value);
        }

        state.Check("monitor", monitor);
        var epochs = state.ReadCount("epochs");
        var without = state.ReadCount("epochs_without_improvement");
        var bestEpoch = state.ReadCount("best_epoch");
        var best = state.ReadDouble("best");
        var reason = state.ReadText("reason");
        state.OnSuccess(() =>
        {
            Epochs = epochs;
            EpochsWithoutImprovement = without;
            BestEpoch = bestEpoch == 0 ? null : bestEpoch;
            Best = bestEpoch == 0 ? null : best;
            Reason = reason.Length == 0 ? null : reason;
        });
    }

    private (string Name, double Value)[] Settings =>
    [
        ("patience", patience),
        ("min_delta", minDelta),
        ("is_higher_better", isHigherBetter ? 1 : 0),
        ("baseline", baseline ?? double.NaN),
        ("warmup_epochs", warmupEpochs),
        ("stopping_threshold", stoppingThreshold ?? double.NaN),
        ("divergence_threshold", divergenceThreshold ?? double.NaN),
    ];

    private static double? Finite(double? value, string name) =>
        value is { } number && !double.IsFinite(number)
            ? throw new ArgumentOutOfRangeException(name, number, $"{name} must be finite.")
            : value;

    // Only an evaluation reads the statistics of batch normalisation: the loss of the training does not show that they are NaN.
    private string Hint(double value) =>
        double.IsNaN(value) && monitor.StartsWith("val_", StringComparison.Ordinal)
            ? "; if the training's own loss is a number, look for NaN in the running statistics of batch normalisation"
            : "";

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private bool IsBetter(double value, double than, double by) => isHigherBetter ? value - by > than : value + by < than;

    // The first reason stands: a figure that is told after the end changes nothing.
    private void Stop(string reason) => Reason ??= reason;
}
