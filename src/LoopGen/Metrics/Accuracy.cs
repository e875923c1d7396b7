using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The share of targets whose class got the highest output, in [0, 1]: Keras's
/// <see href="https://keras.io/api/metrics/accuracy_metrics/#sparsecategoricalaccuracy-class">SparseCategoricalAccuracy</see>.
/// </summary>
/// <remarks>
/// Outputs are logits or probabilities: only their order counts. Among equal outputs the one that torch's
/// <c>argmax</c> picks is the prediction. Totals stay on the device, as <see cref="StreamingMetric"/> explains.
/// </remarks>
public sealed class Accuracy : StreamingMetric
{
    private readonly DeviceTotal hits;
    private readonly DeviceTotal? countOnDevice;
    private readonly Scalar? ignored;
    private long count;

    /// <summary>Makes an accuracy over no batches.</summary>
    /// <param name="device">Where outputs and targets will live.</param>
    /// <param name="name">The name to report it under.</param>
    /// <param name="ignoreIndex">
    /// The target value that takes no part, torch's <c>ignore_index</c>; null (the default) when every target counts.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public Accuracy(Device device, string name = "accuracy", long? ignoreIndex = null)
        : base(name)
    {
        hits = DeviceTotal.OfCounts(device);
        if (ignoreIndex is { } value)
        {
            countOnDevice = DeviceTotal.OfCounts(device);
            ignored = value.ToScalar();
        }
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

        using var noGrad = no_grad();
        using var predicted = output.argmax(output.dim() == 1 ? 0 : 1);
        Shapes.CheckSame(predicted, target, "the output's shape without its class dimension");

        using var isHit = predicted.eq(target);
        if (ignored is null || countOnDevice is null)
        {
            using var batchHits = isHit.sum();
            hits.Add(batchHits);
            count += target.numel();
        }
        else
        {
            using var isCounted = target.ne(ignored);
            using var isCountedHit = isHit.logical_and(isCounted);
            using var batchHits = isCountedHit.sum();
            using var batchCount = isCounted.sum();
            hits.Add(batchHits);
            countOnDevice.Add(batchCount);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override void Reset()
    {
        hits.Reset();
        countOnDevice?.Reset();
        count = 0;
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override double Compute()
    {
        var right = hits.Read();
        var number = countOnDevice?.Read() ?? count;
        return number == 0 ? double.NaN : right / number;
    }

    /// <inheritdoc/>
    public override void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        hits.SaveState(state.Part("hits"));
        countOnDevice?.SaveState(state.Part("count_on_device"));
        state.Write("count", count);
    }

    /// <inheritdoc/>
    public override void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        hits.LoadState(state.Part("hits"));
        countOnDevice?.LoadState(state.Part("count_on_device"));
        var saved = state.ReadInt64("count", 0, long.MaxValue);
        state.OnSuccess(() => count = saved);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hits.Dispose();
            countOnDevice?.Dispose();
            ignored?.Dispose();
        }

        base.Dispose(disposing);
    }
}
