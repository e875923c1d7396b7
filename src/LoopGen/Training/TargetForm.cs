using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// Whether a target suits an output by its type, shape and device: in every batch, so without an array of sizes, and
/// without waiting for the device. What is wrong is said by <see cref="TargetCheck"/>.
/// </summary>
internal static class TargetForm
{
    /// <summary>Int64 of the output's shape without its classes.</summary>
    public static bool IsClasses(Tensor output, Tensor target)
    {
        var dimensions = output.dim();
        return dimensions > 0
            && target.dtype == ScalarType.Int64
            && is_floating_point(output.dtype)
            && Shapes.AreClassesOf(output, dimensions == 1 ? 0 : 1, target)
            && IsOnSameDevice(output, target);
    }

    /// <summary>Of the output's type and shape.</summary>
    public static bool IsAlike(Tensor output, Tensor target) =>
        target.dtype == output.dtype
        && is_floating_point(output.dtype)
        && Shapes.AreSame(output, target)
        && IsOnSameDevice(output, target);

    /// <summary>Weights: of the output's type, and of the first dimensions of the target, one at least.</summary>
    public static bool IsWeights(Tensor output, Tensor target, Tensor weight)
    {
        var dimensions = weight.dim();
        if (weight.dtype != output.dtype
            || dimensions > target.dim()
            || (dimensions == 0 && target.dim() > 0)
            || !IsOnSameDevice(output, weight))
        {
            return false;
        }

        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            if (weight.size(dimension) != target.size(dimension))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOnSameDevice(Tensor first, Tensor second) =>
        first.device_type == second.device_type && first.device_index == second.device_index;
}
