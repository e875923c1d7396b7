using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// Counts right answers on the host where it can see them: small float32 outputs on the CPU, for which each operation of
/// torch costs more than the whole count.
/// </summary>
internal static class HostHits
{
    /// <summary>Above this torch is as fast.</summary>
    private const int MaxElements = 16_384;

    /// <summary>
    /// How many targets have the highest output of their row, the lowest class among equal ones; none in a row with NaN.
    /// Null where torch has to count.
    /// </summary>
    public static long? OfClasses(Tensor output, Tensor target, long? ignored)
    {
        if (output.dim() != 2 || !IsSmall(output) || target.dtype != ScalarType.Int64 || !HostValues.CanRead(target))
        {
            return null;
        }

        var scores = HostValues.Span<float>(output);
        var classes = (int)output.size(1);
        var targets = HostValues.Span<long>(target);
        if (classes == 0)
        {
            return null;
        }

        var hits = 0L;
        for (var row = 0; row < targets.Length; row++)
        {
            var isHit = targets[row] == Highest(scores.Slice(row * classes, classes)) && targets[row] != ignored;
            hits += isHit ? 1 : 0;
        }

        return hits;
    }

    /// <summary>How many outputs are on the side of a threshold that their target says. Null where torch has to count.</summary>
    public static long? OfSides(Tensor output, Tensor target, double threshold)
    {
        if (!IsSmall(output) || !IsSmall(target))
        {
            return null;
        }

        var limit = (float)threshold;
        var outputs = HostValues.Span<float>(output);
        var targets = HostValues.Span<float>(target);
        var hits = 0L;
        for (var index = 0; index < outputs.Length; index++)
        {
            // NaN is on neither side.
            hits += (targets[index] > 0.5f ? outputs[index] > limit : outputs[index] <= limit) ? 1 : 0;
        }

        return hits;
    }

    private static bool IsSmall(Tensor tensor) =>
        tensor.dtype == ScalarType.Float32 && HostValues.CanRead(tensor) && tensor.numel() <= MaxElements;

    /// <summary>The class of the highest score; -1 where one is NaN.</summary>
    private static int Highest(ReadOnlySpan<float> scores)
    {
        var highest = 0;
        var best = scores[0];
        var hasNaN = float.IsNaN(best);
        for (var index = 1; index < scores.Length; index++)
        {
            var score = scores[index];
            hasNaN |= float.IsNaN(score);
            if (score > best)
            {
                (best, highest) = (score, index);
            }
        }

        return hasNaN ? -1 : highest;
    }
}
