using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>What precision, recall and F1 of yes-or-no answers are made of.</summary>
internal sealed class BinaryCounts : IStateful, IDisposable
{
    private readonly DeviceTotal hits;
    private readonly DeviceTotal predictions;
    private readonly DeviceTotal targets;
    private readonly Scalar threshold;
    private readonly Scalar half = 0.5.ToScalar();
    private long count;

    public BinaryCounts(Device device, double threshold)
    {
        hits = DeviceTotal.OfCounts(device);
        predictions = DeviceTotal.OfCounts(device);
        targets = DeviceTotal.OfCounts(device);
        this.threshold = threshold.ToScalar();
    }

    /// <summary>
    /// Adds a batch: outputs above the threshold and targets above one half are a yes. An output that is NaN is wrong.
    /// </summary>
    public void Add(Tensor output, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        Shapes.CheckSame(output, target, "the output's shape");

        using var noGrad = no_grad();
        using var isHit = output.gt(threshold);
        using var actual = target.gt(half);
        isHit.logical_and_(actual);

        // A false yes is not below the threshold where no is right. NaN is neither above nor below, so it is wrong both ways.
        using var isRightNoOrYes = output.le(threshold);
        isRightNoOrYes.logical_or_(actual);
        using var isFalseYes = isRightNoOrYes.logical_not();
        using var batchHits = isHit.sum();
        using var batchFalse = isFalseYes.sum();
        using var batchTargets = actual.sum();
        hits.Add(batchHits);
        predictions.Add(batchHits);
        predictions.Add(batchFalse);
        targets.Add(batchTargets);
        count += target.numel();
    }

    /// <summary>A score of the yes; NaN when nothing was counted. This waits for the device.</summary>
    public double Compute(CountScore score)
    {
        var value = score(hits.Read(), predictions.Read(), targets.Read());
        return count == 0 ? double.NaN : value;
    }

    public void Reset()
    {
        hits.Reset();
        predictions.Reset();
        targets.Reset();
        count = 0;
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter state)
    {
        hits.SaveState(state.Part("hits"));
        predictions.SaveState(state.Part("predictions"));
        targets.SaveState(state.Part("targets"));
        state.Write("count", count);
    }

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        hits.LoadState(state.Part("hits"));
        predictions.LoadState(state.Part("predictions"));
        targets.LoadState(state.Part("targets"));
        var saved = state.ReadInt64("count", 0, long.MaxValue);
        state.OnSuccess(() => count = saved);
    }

    public void Dispose()
    {
        hits.Dispose();
        predictions.Dispose();
        targets.Dispose();
        threshold.Dispose();
        half.Dispose();
    }
}
