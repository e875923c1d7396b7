using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The F1 score of yes-or-no answers, in [0, 1]: the harmonic mean of precision and recall. As scikit-learn's
/// <see href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.f1_score.html">f1_score</see> with
/// <c>zero_division=0</c>; Keras's <c>F1Score</c>.
/// </summary>
/// <remarks>
/// The threshold is compared with the output as it is: 0.5 suits probabilities, 0 suits logits (a logit of 0 is a
/// probability of one half). Where no answer is rightly a yes it is 0. Totals stay on the device, as <see cref="StreamingMetric"/>
/// explains. For one class out of several there is <see cref="F1Score"/>.
/// </remarks>
public sealed class BinaryF1Score : StreamingMetric
{
    private readonly BinaryCounts counts;

    /// <summary>Makes a F1 score over no batches.</summary>
    /// <param name="device">Where outputs and targets will live.</param>
    /// <param name="threshold">An output above it is a yes. 0.5 is for probabilities; give 0 for logits.</param>
    /// <param name="name">The name to report it under.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public BinaryF1Score(Device device, double threshold = 0.5, string name = "f1_score")
        : base(name)
    {
        counts = new BinaryCounts(device, threshold);
    }

    /// <summary>Adds one batch.</summary>
    /// <param name="output">Probabilities or logits of any shape.</param>
    /// <param name="target">Truths of the same shape: a value above 0.5 is a yes.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The shapes differ (comparing them would broadcast).</exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override void Update(Tensor output, Tensor target) => counts.Add(output, target);

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override void Reset() => counts.Reset();

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override double Compute() => counts.Compute(CountScores.F1);

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
