using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The share of targets whose class got the highest output, in [0, 1]: Keras's
/// <see href="https://keras.io/api/metrics/accuracy_metrics/#sparsecategoricalaccuracy-class">SparseCategoricalAccuracy</see>.
/// </summary>
/// <remarks>
/// Outputs are logits or probabilities: only their order counts. Among equal outputs the one that torch's
/// <c>argmax</c> picks is the prediction. A target counts as missed where an output is NaN. Totals stay on the device, as <see cref="StreamingMetric"/> explains.
/// </remarks>
public sealed class Accuracy : StreamingMetric
{
    private readonly HitTotal hits;
    private readonly TargetTotal count;
    private readonly long? ignoreIndex;

    /// <summary>Makes an accuracy over no batches.</summary>
    /// <param name="device">Where outputs and targets will live.</param>
    /// <param name="name">The name to report it under.</param>
    /// <param name="ignoreIndex">
    /// The target value that takes no part, torch's <c>ignore_index</c>: by default -100, as in torch's losses; null when
    /// every target counts.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public Accuracy(Device device, string name = "accuracy", long? ignoreIndex = -100)
        : base(name)
    {
        hits = new HitTotal(device);
        count = new TargetTotal(device, ignoreIndex);
        this.ignoreIndex = ignoreIndex;
    }

    /// <summary>Adds one batch.</summary>
    /// <param name="output">Scores of shape (N, C, d1, ...), or (C) for a single sample.</param>
    /// <param name="target">Int64 class indices of shape (N, d1, ...), or () for a single sample.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// The target's shape is not the output's without its class dimension (comparing them would broadcast).
    /// </exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override void Update(Tensor output, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        if (output.dim() == 0)
        {
            throw new ArgumentException("output must have a class dimension, but is 0-dimensional.", nameof(output));
        }

        var dimension = output.dim() == 1 ? 0 : 1;
        Shapes.CheckClasses(output, dimension, target);
        if (HostHits.OfClasses(output, target, ignoreIndex) is { } hitsOnHost)
        {
            hits.Add(hitsOnHost);
            count.Add(target);
            return;
        }

        using var noGrad = no_grad();
        var (highest, predicted) = output.max(dimension);
        using (highest)
        using (predicted)
        {
            using var isHit = predicted.eq(target);

            // NaN is the highest of its row, and is not equal to itself.
            using var isNumber = highest.eq(highest);
            isHit.logical_and_(isNumber);
            if (count.IgnoresOneOf(output.size(dimension)))
            {
                using var isCounted = target.ne(Scalars.Of(ignoreIndex!.Value));
                isHit.logical_and_(isCounted);
            }

            using var batchHits = isHit.sum();
            hits.Add(batchHits);
            count.Add(target);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override void Reset()
    {
        hits.Reset();
        count.Reset();
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override double Compute()
    {
        var right = hits.Read();
        var number = count.Read();
        return number == 0 ? double.NaN : right / number;
    }

    /// <inheritdoc/>
    public override void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        hits.SaveState(state.Part("hits"));
        count.SaveState(state.Part("targets"));
    }

    /// <inheritdoc/>
    public override void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        hits.LoadState(state.Part("hits"));
        count.LoadState(state.Part("targets"));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hits.Dispose();
            count.Dispose();
        }

        base.Dispose(disposing);
    }
}
