using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>What the mean of a loss over classes is a mean of.</summary>
public static class Targets
{
    /// <summary>
    /// How many targets torch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html">cross-entropy</see> or
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html">negative log-likelihood</see> takes the
    /// mean over, without waiting for a device.
    /// </summary>
    /// <param name="output">The model's output, of shape (N, C, d1, ...), or (C) for a single sample.</param>
    /// <param name="target">
    /// Class indices of shape (N, d1, ...), of which those that are ignored do not count; or, of a floating type and of the
    /// output's shape, a share for each class, which is one target for all classes together.
    /// </param>
    /// <param name="ignoreIndex">The index that the loss leaves out; by default -100, as torch's.</param>
    /// <returns>A new scalar, int64, on the device of the target.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="output"/> has no dimension.</exception>
    public static Tensor Count(Tensor output, Tensor target, long ignoreIndex = -100)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        if (is_floating_point(target.dtype))
        {
            var classes = output.size(Shapes.ClassDimension(output));
            return OnDevice(classes == 0 ? 0 : target.numel() / classes, target);
        }

        if (target.dtype == ScalarType.Int64 && HostValues.CanRead(target))
        {
            return OnDevice(HostValues.CountOthers(target, ignoreIndex), target);
        }

        using var isCounted = target.ne(Scalars.Of(ignoreIndex));
        return isCounted.sum();
    }

    private static Tensor OnDevice(long count, Tensor target)
    {
        using var number = count.ToScalar();
        return full([], number, ScalarType.Int64, target.device);
    }
}
