using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// What precision, recall and F1 of several classes are made of: per class how often it was predicted, how often it was
/// the target, and how often both. The number of classes is read off the first output's shape.
/// </summary>
internal sealed class ClassCounts : IStateful, IDisposable
{
    private readonly DeviceVector hits;
    private readonly DeviceVector predictions;
    private readonly DeviceVector targets;
    private readonly Scalar? ignored;

    public ClassCounts(Device device, long? ignoreIndex)
    {
        hits = DeviceVector.OfCounts(device);
        predictions = DeviceVector.OfCounts(device);
        targets = DeviceVector.OfCounts(device);
        ignored = ignoreIndex?.ToScalar();
    }

    /// <summary>Adds a batch: scores of shape (N, C, d1, ...) or (C), int64 classes of that shape without C.</summary>
    public void Add(Tensor output, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        using var noGrad = no_grad();
        var dimension = Shapes.ClassDimension(output);
        var (scores, classesOfScores) = output.max(dimension);
        using var highest = scores;
        using var chosen = classesOfScores;
        Shapes.CheckSame(chosen, target, "the output's shape without its class dimension");

        using var predicted = chosen.flatten();
        using var actual = target.flatten();
        using var isHit = predicted.eq(actual);

        // NaN is the highest of its row, and is not equal to itself: a prediction that is never right.
        using var isNumber = highest.eq(highest);
        using var isNumberInRow = isNumber.flatten();
        isHit.logical_and_(isNumberInRow);
        using var hit = isHit.to_type(ScalarType.Int64);

        // One per target, 0 for those that are ignored: their class may be none, and is replaced by one that exists.
        // Selecting the others would make the host wait to learn how many there are.
        using var isIgnored = ignored is null ? zeros_like(isHit) : actual.eq(ignored);
        using var isCounted = isIgnored.logical_not();
        using var counted = isCounted.to_type(ScalarType.Int64);
        using var place = actual.masked_fill(isIgnored, Scalars.Zero);
        hit.mul_(counted);

        var classes = output.size(dimension);
        hits.OfLength(classes, "classes").scatter_add_(0, place, hit);
        predictions.OfLength(classes, "classes").scatter_add_(0, predicted, counted);
        targets.OfLength(classes, "classes").scatter_add_(0, place, counted);
    }

    /// <summary>
    /// The mean of a score over the classes that occurred, as a prediction or as a target; NaN if none did. This waits
    /// for the device.
    /// </summary>
    public double Macro(CountScore score)
    {
        var right = hits.Read();
        var predicted = predictions.Read();
        var actual = targets.Read();
        double sum = 0;
        var present = 0;
        for (var index = 0; index < right.Length; index++)
        {
            if (predicted[index] + actual[index] > 0)
            {
                sum += score(right[index], predicted[index], actual[index]);
                present++;
            }
        }

        return present == 0 ? double.NaN : sum / present;
    }

    public void Reset()
    {
        hits.Reset();
        predictions.Reset();
        targets.Reset();
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter state)
    {
        hits.SaveState(state.Part("hits"));
        predictions.SaveState(state.Part("predictions"));
        targets.SaveState(state.Part("targets"));
    }

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        hits.LoadState(state.Part("hits"));
        predictions.LoadState(state.Part("predictions"));
        targets.LoadState(state.Part("targets"));
    }

    public void Dispose()
    {
        hits.Dispose();
        predictions.Dispose();
        targets.Dispose();
        ignored?.Dispose();
    }
}
