using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// Looks at the values of tensors that the host can read at once: contiguous ones on the CPU. It makes no tensor and
/// allocates nothing, so that it can be done in every batch.
/// </summary>
internal static class HostValues
{
    /// <summary>Whether the values can be read without waiting for a device and without a copy.</summary>
    public static bool CanRead(Tensor tensor) =>
        tensor.device_type == TorchSharp.DeviceType.CPU
        && tensor.is_contiguous()
        && tensor.numel() <= int.MaxValue / tensor.element_size();

    /// <summary>Whether all int64 values are in 0..classes-1, or the ignored one.</summary>
    public static bool AreClasses(Tensor tensor, long classes, long? ignored)
    {
        var values = Span<long>(tensor);

        // As numbers without a sign, negative ones are above every class. Nothing is lost by leaving out class 0.
        var limit = (ulong)classes;
        var passed = (ulong)(ignored ?? 0);
        var vectors = MemoryMarshal.Cast<long, Vector<ulong>>(values);
        var limits = new Vector<ulong>(limit);
        var passes = new Vector<ulong>(passed);
        foreach (var vector in vectors)
        {
            var isOutside = Vector.AndNot(Vector.GreaterThanOrEqual(vector, limits), Vector.Equals(vector, passes));
            if (isOutside != Vector<ulong>.Zero)
            {
                return false;
            }
        }

        foreach (var value in values[(vectors.Length * Vector<ulong>.Count)..])
        {
            if ((ulong)value >= limit && (ulong)value != passed)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether all values are from 0 to a limit; false where one is NaN, and for types other than float32 and float64.
    /// </summary>
    public static bool AreFromZeroTo(Tensor tensor, double limit) => tensor.dtype switch
    {
        ScalarType.Float32 => AreFromZeroTo(Span<float>(tensor), (float)Math.Min(limit, float.MaxValue)),
        ScalarType.Float64 => AreFromZeroTo(Span<double>(tensor), limit),
        _ => false,
    };

    /// <summary>How many int64 values are another number than one.</summary>
    public static long CountOthers(Tensor tensor, long value)
    {
        var values = Span<long>(tensor);
        return values.Length - values.Count(value);
    }

    /// <summary>The int64 value of a tensor of one element.</summary>
    public static long Single(Tensor tensor) => Span<long>(tensor)[0];

    /// <summary>The values themselves.</summary>
    public static ReadOnlySpan<T> Span<T>(Tensor tensor)
        where T : unmanaged =>
        tensor.numel() == 0 ? [] : MemoryMarshal.Cast<byte, T>(tensor.bytes);

    private static bool AreFromZeroTo<T>(ReadOnlySpan<T> values, T limit)
        where T : unmanaged, INumber<T>
    {
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        var limits = new Vector<T>(limit);
        foreach (var vector in vectors)
        {
            // Asked so that NaN, which is neither, fails.
            if (!Vector.GreaterThanOrEqualAll(vector, Vector<T>.Zero) || !Vector.LessThanOrEqualAll(vector, limits))
            {
                return false;
            }
        }

        foreach (var value in values[(vectors.Length * Vector<T>.Count)..])
        {
            if (!(value >= T.Zero && value <= limit))
            {
                return false;
            }
        }

        return true;
    }
}
