using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// R², the coefficient of determination: the share of the targets' variance that the outputs explain. 1 is perfect,
/// 0 is no better than the mean of the targets, less is worse. Keras's
/// <see href="https://keras.io/api/metrics/regression_metrics/#r2score-class">R2Score</see> and scikit-learn's
/// <see href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.r2_score.html">r2_score</see>.
/// </summary>
/// <remarks>
/// Per output of a sample (every place of the dimensions after the first) 1 - residual sum of squares / total sum of
/// squares; the figure is their plain mean, scikit-learn's and Keras's <c>"uniform_average"</c>. Where all targets of an
/// output are equal it is 1 if every prediction was right and 0 if not, as in scikit-learn. With fewer than two samples
/// the figure is NaN, and so it is if an output is NaN. Sums are of deviations from the mean, in float64 (float32 on MPS),
/// so that targets far from zero keep their digits; they stay on the device, as <see cref="StreamingMetric"/> explains.
/// </remarks>
public sealed class R2Score : StreamingMetric
{
    private const string Columns = "outputs per sample";

    private readonly DeviceVector origin;
    private readonly DeviceVector mean;
    private readonly DeviceVector deviations;
    private readonly DeviceVector residuals;
    private long count;

    /// <summary>Makes a figure over no batches.</summary>
    /// <param name="device">Where outputs and targets will live.</param>
    /// <param name="name">The name to report it under.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public R2Score(Device device, string name = "r2_score")
        : base(name)
    {
        origin = DeviceVector.OfReals(device);
        mean = DeviceVector.OfReals(device);
        deviations = DeviceVector.OfReals(device);
        residuals = DeviceVector.OfReals(device);
    }

    /// <summary>Adds one batch.</summary>
    /// <param name="output">Numbers of shape (N, d1, ...), or () for a single sample; d1, ... are the same in every batch.</param>
    /// <param name="target">Numbers of the same shape.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// The shapes differ (subtracting them would broadcast), or an earlier batch had another number of outputs a sample.
    /// </exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override void Update(Tensor output, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        Shapes.CheckSame(output, target, "the output's shape");
        if (target.numel() == 0)
        {
            return;
        }

        var samples = target.dim() == 0 ? 1 : target.size(0);
        var columns = target.numel() / samples;
        var type = DeviceTotal.WidestFloat(target.device_type);
        using var noGrad = no_grad();
        using var predicted = output.reshape(samples, columns);
        using var actual = target.reshape(samples, columns);
        using var widePredicted = predicted.to_type(type);
        using var wideActual = actual.to_type(type);
        AddSquares(residuals.OfLength(columns, Columns), widePredicted, wideActual);

        // From the first target of each output: targets that are all equal then deviate by exactly 0.
        var first = origin.OfLength(columns, Columns);
        if (count == 0)
        {
            using var row = wideActual.select(0, 0);
            first.copy_(row);
        }

        using var shifted = wideActual.sub(first);
        AddDeviations(shifted, samples, columns);
        count += samples;
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override void Reset()
    {
        origin.Reset();
        mean.Reset();
        deviations.Reset();
        residuals.Reset();
        count = 0;
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override double Compute()
    {
        var unexplained = residuals.Read();
        var total = deviations.Read();
        if (count < 2)
        {
            return double.NaN;
        }

        double sum = 0;
        for (var column = 0; column < total.Length; column++)
        {
            sum += (unexplained[column], total[column]) switch
            {
                (0, 0) => 1,
                (var part, 0) when !double.IsNaN(part) => 0,
                var (part, whole) => 1 - (part / whole),
            };
        }

        return sum / total.Length;
    }

    /// <inheritdoc/>
    public override void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        origin.SaveState(state.Part("origin"));
        mean.SaveState(state.Part("mean"));
        deviations.SaveState(state.Part("deviations"));
        residuals.SaveState(state.Part("residuals"));
        state.Write("count", count);
    }

    /// <inheritdoc/>
    public override void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        origin.LoadState(state.Part("origin"));
        mean.LoadState(state.Part("mean"));
        deviations.LoadState(state.Part("deviations"));
        residuals.LoadState(state.Part("residuals"));
        var saved = state.ReadInt64("count", 0, long.MaxValue);
        state.OnSuccess(() => count = saved);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            origin.Dispose();
            mean.Dispose();
            deviations.Dispose();
            residuals.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Adds, per column, the squares of the differences of two matrices.</summary>
    private static void AddSquares(Tensor total, Tensor first, Tensor second)
    {
        using var difference = first.sub(second);
        using var squares = difference.mul(difference);
        // A bare 0 would be taken for a ScalarType.
        using var sums = squares.sum(dim: 0);
        total.add_(sums, Scalars.One);
    }

    /// <summary>
    /// Merges the mean of a batch and its squared deviations from it with those so far (Chan, Golub and LeVeque): the
    /// sum of squares less the square of the sum would lose the digits of targets far from zero.
    /// </summary>
    private void AddDeviations(Tensor target, long samples, long columns)
    {
        var total = deviations.OfLength(columns, Columns);
        var running = mean.OfLength(columns, Columns);
        using var sum = target.sum(dim: 0);
        using var size = ((double)samples).ToScalar();
        using var batchMean = sum.div(size);
        AddSquares(total, target, batchMean);

        var share = samples / (double)(count + samples);
        using var toMean = share.ToScalar();
        using var toDeviations = (count * share).ToScalar();
        using var shift = batchMean.sub(running);
        running.add_(shift, toMean);
        using var squaredShift = shift.mul(shift);
        total.add_(squaredShift, toDeviations);
    }
}
