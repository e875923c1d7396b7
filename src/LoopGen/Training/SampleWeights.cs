using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>What losses with a weight for each sample need beside torch's own operations.</summary>
public static class SampleWeights
{
    /// <summary>
    /// The sum of the weights of all targets, each target with the weight of its sample, without reading the device: what
    /// the sum of weighted losses is divided by where the weights shall be the divisor, as in Keras's
    /// <see href="https://keras.io/api/losses/">mean_with_sample_weight</see>.
    /// </summary>
    /// <param name="weight">
    /// A weight for each sample: floating, of shape (N), or with further dimensions of the target, (N, d1).
    /// </param>
    /// <param name="target">
    /// The targets, of shape (N, d1, ...), on the same device. All that belong to a sample count its weight.
    /// </param>
    /// <param name="classWeights">
    /// A weight for each class, floating, of shape (C), for targets that are int64 class indices: the weight of a target is
    /// then that of its sample times that of its class. Null (the default) for none.
    /// </param>
    /// <param name="ignoreIndex">The target that stands for no class and weighs nothing; null (the default) for none.</param>
    /// <returns>
    /// A new scalar in float64 (float32 on MPS, which has nothing wider), without gradients; 0 where no target has a weight.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="weight"/> or <paramref name="target"/> is null.</exception>
    public static Tensor Sum(Tensor weight, Tensor target, Tensor? classWeights = null, Scalar? ignoreIndex = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(target);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var type = DeviceTotal.WidestFloat(weight.device_type);
        var samples = weight.numel();
        if (samples == 0)
        {
            return zeros([], type, weight.device).MoveToOuterDisposeScope();
        }

        // What the targets of each sample weigh together, then times its weight.
        var ofTargets = classWeights is not null ? ClassWeights.OfTargets(classWeights, target, ignoreIndex)
            : ignoreIndex is not null ? target.ne(ignoreIndex)
            : ones([], type, target.device).expand(target.shape);
        var ofSamples = ofTargets.reshape(samples, -1).sum(1, type: type);
        return ofSamples.mul_(weight.flatten()).sum().MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The losses of the targets in a type that their sum fits in: sums of float16 numbers are infinite beyond 65,504.
    /// </summary>
    /// <param name="losses">Losses, of any floating type and shape.</param>
    /// <returns>
    /// For float16 the same in float32, a new tensor of the caller's scope through which gradients pass; otherwise
    /// <paramref name="losses"/> itself.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="losses"/> is null.</exception>
    public static Tensor Summable(Tensor losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        return losses.dtype == ScalarType.Float16 ? losses.to_type(ScalarType.Float32) : losses;
    }
}
