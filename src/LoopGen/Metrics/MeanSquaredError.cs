using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The mean of the squared differences between output and target, over all elements of all batches: Keras's
/// <see href="https://keras.io/api/metrics/regression_metrics/#meansquarederror-class">MeanSquaredError</see>.
/// </summary>
/// <remarks>
/// Differences of float16 and bfloat16 tensors are taken in float32; sums are in float64 (float32 on MPS) and stay on
/// the device, as <see cref="StreamingMetric"/> explains.
/// </remarks>
public sealed class MeanSquaredError : StreamingMetric
{
    private readonly ErrorTotal errors;

    /// <summary>Makes a mean over no batches.</summary>
    /// <param name="device">Where outputs and targets will live.</param>
    /// <param name="name">The name to report it under.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public MeanSquaredError(Device device, string name = "mean_squared_error")
        : base(name)
    {
        errors = new ErrorTotal(device);
    }

    /// <summary>Adds one batch.</summary>
    /// <param name="output">Numbers of any shape.</param>
    /// <param name="target">Numbers of the same shape.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The shapes differ (subtracting them would broadcast).</exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override void Update(Tensor output, Tensor target)
    {
        using var noGrad = no_grad();
        using var difference = ErrorTotal.Difference(output, target);
        using var squares = difference.mul(difference);
        errors.Add(squares);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override void Reset() => errors.Reset();

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override double Compute() => errors.Compute();

    /// <inheritdoc/>
    public override void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        errors.SaveState(state);
    }

    /// <inheritdoc/>
    public override void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        errors.LoadState(state);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            errors.Dispose();
        }

        base.Dispose(disposing);
    }
}
