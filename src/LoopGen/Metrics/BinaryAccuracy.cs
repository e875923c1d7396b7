using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The share of elements that are on the right side of a threshold, in [0, 1]: Keras's
/// <see href="https://keras.io/api/metrics/accuracy_metrics/#binaryaccuracy-class">BinaryAccuracy</see>.
/// </summary>
/// <remarks>
/// The threshold is compared with the output as it is: 0.5 suits probabilities, 0 suits logits (a logit of 0 is a
/// probability of one half). An output that is NaN is wrong. Totals stay on the device, as <see cref="StreamingMetric"/> explains.
/// </remarks>
public sealed class BinaryAccuracy : StreamingMetric
{
    private readonly HitTotal hits;
    private readonly double thresholdOnHost;
    private readonly Scalar threshold;
    private readonly Scalar half = 0.5.ToScalar();
    private long count;

    /// <summary>Makes an accuracy over no batches.</summary>
    /// <param name="device">Where outputs and targets will live.</param>
    /// <param name="threshold">An output above it is a yes. 0.5 is for probabilities; give 0 for logits.</param>
    /// <param name="name">The name to report it under.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public BinaryAccuracy(Device device, double threshold = 0.5, string name = "accuracy")
        : base(name)
    {
        hits = new HitTotal(device);
        thresholdOnHost = threshold;
        this.threshold = threshold.ToScalar();
    }

    /// <summary>Adds one batch.</summary>
    /// <param name="output">Probabilities or logits of any shape.</param>
    /// <param name="target">Truths of the same shape: a value above 0.5 is a yes.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The shapes differ (comparing them would broadcast).</exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override void Update(Tensor output, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        Shapes.CheckSame(output, target, "the output's shape");

        count += target.numel();
        if (HostHits.OfSides(output, target, thresholdOnHost) is { } hitsOnHost)
        {
            hits.Add(hitsOnHost);
            return;
        }

        using var noGrad = no_grad();
        using var predicted = output.gt(threshold);
        using var truth = target.gt(half);
        using var isHit = predicted.eq(truth);

        // NaN is on no side, and is not equal to itself.
        using var isNumber = output.eq(output);
        isHit.logical_and_(isNumber);
        using var batchHits = isHit.sum();
        hits.Add(batchHits);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override void Reset()
    {
        hits.Reset();
        count = 0;
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override double Compute()
    {
        var right = hits.Read();
        return count == 0 ? double.NaN : right / count;
    }

    /// <inheritdoc/>
    public override void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        hits.SaveState(state.Part("hits"));
        state.Write("count", count);
    }

    /// <inheritdoc/>
    public override void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        hits.LoadState(state.Part("hits"));
        var saved = state.ReadInt64("count", 0, long.MaxValue);
        state.OnSuccess(() => count = saved);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hits.Dispose();
            threshold.Dispose();
            half.Dispose();
        }

        base.Dispose(disposing);
    }
}
