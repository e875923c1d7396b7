using static TorchSharp.torch;

namespace LoopGen;

/// <summary>How elements lie in memory: the fused operators walk over it, and look at neither shapes nor strides.</summary>
internal static class MemoryLayout
{
    /// <summary>Whether the elements lie without gaps, in whatever order.</summary>
    public static bool IsDense(Tensor tensor)
    {
        if (tensor.is_contiguous())
        {
            return true;
        }

        var (shape, strides) = (tensor.shape, tensor.stride());
        var last = 0L;
        for (var dimension = 0; dimension < shape.Length; dimension++)
        {
            if (shape[dimension] > 1 && strides[dimension] <= 0)
            {
                return false;
            }

            last += (shape[dimension] - 1) * strides[dimension];
        }

        return last + 1 == tensor.numel();
    }

    /// <summary>Whether two tensors of one shape have their elements in the same order, the first being dense.</summary>
    public static bool IsAlike(Tensor dense, Tensor other)
        => (dense.is_contiguous() && other.is_contiguous()) || dense.stride().SequenceEqual(other.stride());
}
