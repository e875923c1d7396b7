using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The macro F1 score of several classes, in [0, 1]: the harmonic mean of precision and recall of a class, averaged over the classes,
/// each of which weighs the same. As scikit-learn's
/// <see href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.f1_score.html">f1_score</see> with
/// <c>average="macro"</c> and <c>zero_division=0</c>; Keras's <c>F1Score</c> with <c>average="macro"</c>.
/// </summary>
/// <remarks>
/// The prediction is the class with the highest output, logits or probabilities alike. The average is over the classes
/// that occurred since the last reset, as a prediction or as a target; of those, one that was never predicted rightly counts as 0.
/// The number of classes is the size of the output's dimension 1. Totals stay on the device, as
/// <see cref="StreamingMetric"/> explains. For yes-or-no outputs there is <see cref="BinaryF1Score"/>.
/// </remarks>
public sealed class F1Score : StreamingMetric
{
    private readonly ClassCounts counts;

    /// <summary>Makes a F1 score over no batches.</summary>
    /// <param name="device">Where outputs and targets will live.</param>
    /// <param name="name">The name to report it under.</param>
    /// <param name="ignoreIndex">
    /// The target value that takes no part, torch's <c>ignore_index</c>: by default -100, as in torch's losses; null when
    /// every target counts.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public F1Score(Device device, string name = "f1_score", long? ignoreIndex = -100)
        : base(name)
    {
        counts = new ClassCounts(device, ignoreIndex);
    }

    /// <summary>Adds one batch.</summary>
    /// <param name="output">Scores of shape (N, C, d1, ...), or (C) for a single sample; C is the same in every batch.</param>
    /// <param name="target">Int64 class indices in 0..C-1 of shape (N, d1, ...), or () for a single sample.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// The target's shape is not the output's without its class dimension (comparing them would broadcast), or an
    /// earlier batch had another number of classes.
    /// </exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override void Update(Tensor output, Tensor target) => counts.Add(output, target);

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override void Reset() => counts.Reset();

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override double Compute() => counts.Macro(CountScores.F1);

    /// <inheritdoc/>
    public override void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        counts.SaveState(state);
    }

    /// <inheritdoc/>
    public override void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        counts.LoadState(state);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            counts.Dispose();
        }

        base.Dispose(disposing);
    }
}
