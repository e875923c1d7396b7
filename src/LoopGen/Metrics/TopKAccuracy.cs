using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The share of targets whose class is among the k with the highest outputs, in [0, 1]: Keras's
/// <see href="https://keras.io/api/metrics/accuracy_metrics/#sparsetopkcategoricalaccuracy-class">SparseTopKCategoricalAccuracy</see>.
/// </summary>
/// <remarks>
/// Outputs are logits or probabilities: only their order counts. Of equal outputs the one of the lower class comes
/// first, so that equal outputs for all classes find no more than k of them. Where an output is NaN the target is not
/// found. Totals stay on the device, as <see cref="StreamingMetric"/> explains.
/// </remarks>
public sealed class TopKAccuracy : StreamingMetric
{
    private readonly int k;
    private readonly DeviceTotal hits;
    private readonly TargetTotal count;
    private readonly Scalar limit;
    private readonly long? ignoreIndex;
    private Tensor? classes;

    /// <summary>Makes an accuracy over no batches.</summary>
    /// <param name="device">Where outputs and targets will live.</param>
    /// <param name="k">How many classes a prediction names, at least 1 and at most as many as there are.</param>
    /// <param name="name">The name to report it under.</param>
    /// <param name="ignoreIndex">
    /// The target value that takes no part, torch's <c>ignore_index</c>: by default -100, as in torch's losses; null when
    /// every target counts.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is less than 1.</exception>
    public TopKAccuracy(Device device, int k = 5, string name = "top_k_accuracy", long? ignoreIndex = -100)
        : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        this.k = k;
        hits = DeviceTotal.OfCounts(device);
        limit = ((long)k).ToScalar();
        count = new TargetTotal(device, ignoreIndex);
        this.ignoreIndex = ignoreIndex;
    }

    /// <summary>Adds one batch.</summary>
    /// <param name="output">Scores of shape (N, C, d1, ...), or (C) for a single sample.</param>
    /// <param name="target">Int64 class indices in 0..C-1 of shape (N, d1, ...), or () for a single sample.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// The target's shape is not the output's without its class dimension (comparing them would broadcast), or there
    /// are fewer than k classes.
    /// </exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override void Update(Tensor output, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        var dimension = Shapes.ClassDimension(output);
        Shapes.CheckClasses(output, dimension, target);
        if (output.size(dimension) < k)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"output has {output.size(dimension)} classes, fewer than the k of {k}: every target would be found."),
                nameof(output));
        }

        using var noGrad = no_grad();
        using var isIgnored = ignoreIndex is { } ignored ? target.eq(Scalars.Of(ignored)) : null;
        using var known = isIgnored is null ? target.alias() : target.masked_fill(isIgnored, Scalars.Zero);
        using var isHit = IsAmongTop(output, known, dimension);
        if (isIgnored is not null)
        {
            using var isCounted = isIgnored.logical_not();
            isHit.logical_and_(isCounted);
        }

        using var batchHits = isHit.sum();
        hits.Add(batchHits);
        count.Add(target);
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
        var found = hits.Read();
        var number = count.Read();
        return number == 0 ? double.NaN : found / number;
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
            limit.Dispose();
            count.Dispose();
            classes?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Whether fewer than k classes come before a target's own.</summary>
    private Tensor IsAmongTop(Tensor output, Tensor target, int dimension)
    {
        using var place = target.unsqueeze(dimension);
        using var score = output.gather(dimension, place);

        // Not "greater than": NaN is neither, and must not be overlooked.
        using var comesBefore = output.le(score).logical_not_();
        using var isEqual = output.eq(score);
        using var isLower = ClassNumbers(output, dimension).lt(place);
        isEqual.logical_and_(isLower);
        comesBefore.logical_or_(isEqual);
        using var rank = comesBefore.sum(dimension);
        using var highest = output.amax(dimension);

        // NaN is the highest of its row, and is not equal to itself.
        using var isNumber = highest.eq(highest);
        return rank.lt(limit).logical_and_(isNumber);
    }

    /// <summary>0..C-1 along the class dimension of an output.</summary>
    private Tensor ClassNumbers(Tensor output, int dimension)
    {
        var number = output.size(dimension);
        var shape = new long[output.dim()];
        Array.Fill(shape, 1);
        shape[dimension] = number;
        if (classes is null || classes.dim() != shape.Length || classes.size(dimension) != number)
        {
            classes?.Dispose();
            using var stop = number.ToScalar();
            using var numbers = arange(Scalars.Zero, stop, Scalars.One, ScalarType.Int64, output.device);
            classes = numbers.reshape(shape).DetachFromDisposeScope();
        }

        return classes;
    }
}
