using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>What losses with a weight for each class need beside torch's own.</summary>
public static class ClassWeights
{
    /// <summary>
    /// The sum of the weights of all targets, without reading the device: what torch's own weighted mean divides by.
    /// </summary>
    /// <param name="weights">A weight for each class: floating, of shape (C).</param>
    /// <param name="target">Int64 class indices in 0..C-1 of any shape, on the same device.</param>
    /// <param name="ignoreIndex">The value that stands for no class; null (the default) for none.</param>
    /// <returns>
    /// A new scalar in float64 (float32 on MPS, which has nothing wider), without gradients; 0 where every target is
    /// ignored.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="weights"/> or <paramref name="target"/> is null.</exception>
    public static Tensor Sum(Tensor weights, Tensor target, Scalar? ignoreIndex = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(target);
        using var noGrad = no_grad();
        using var ofTargets = OfTargets(weights, target, ignoreIndex);
        return ofTargets.sum(type: DeviceTotal.WidestFloat(weights.device_type));
    }

    /// <summary>The weight of each target, in one row; 0 where it is ignored.</summary>
    internal static Tensor OfTargets(Tensor weights, Tensor target, Scalar? ignoreIndex)
    {
        using var classes = target.flatten();
        if (ignoreIndex is null)
        {
            return weights.index_select(0, classes);
        }

        // An ignored class may be none: it is replaced by one that exists, and its weight by 0. Selecting the others
        // would make the host wait to learn how many there are.
        using var isIgnored = classes.eq(ignoreIndex);
        using var existing = classes.masked_fill(isIgnored, Scalars.Zero);
        using var selected = weights.index_select(0, existing);
        return selected.masked_fill(isIgnored, Scalars.Zero);
    }
}
