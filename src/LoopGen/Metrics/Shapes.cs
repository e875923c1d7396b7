using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Comparisons of shapes.</summary>
internal static class Shapes
{
    /// <summary>Whether two tensors have the same shape; asks the native side without building arrays.</summary>
    public static bool AreSame(Tensor first, Tensor second)
    {
        var dimensions = first.dim();
        if (second.dim() != dimensions)
        {
            return false;
        }

        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            if (first.size(dimension) != second.size(dimension))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Refuses a target of another shape: an operation on the two would broadcast and count nonsense.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void CheckSame(Tensor expected, Tensor target, string what)
    {
        if (!AreSame(expected, target))
        {
            throw new ArgumentException(
                $"target must have {what}, {Describe.Shape(expected.shape)}, but is {Describe.Tensor(target)}.",
                nameof(target));
        }
    }

    /// <summary>The dimension of classes: 1 of a batch (N, C, d1, ...), 0 of a single sample (C).</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static int ClassDimension(Tensor output)
        => output.dim() switch
        {
            0 => throw new ArgumentException("output must have a class dimension, but is 0-dimensional.", nameof(output)),
            1 => 0,
            _ => 1,
        };

    /// <summary>Refuses a target whose shape is not the output's without its class dimension.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void CheckClasses(Tensor output, int classDimension, Tensor target)
    {
        if (!AreClassesOf(output, classDimension, target))
        {
            long[] expected = [.. output.shape.Where((_, dimension) => dimension != classDimension)];
            throw new ArgumentException(
                "target must have the output's shape without its class dimension, "
                + $"{Describe.Shape(expected)}, but is {Describe.Tensor(target)}.",
                nameof(target));
        }
    }

    /// <summary>Whether a target has the output's shape without its class dimension.</summary>
    public static bool AreClassesOf(Tensor output, int classDimension, Tensor target)
    {
        var dimensions = output.dim();
        if (target.dim() != dimensions - 1)
        {
            return false;
        }

        var place = 0;
        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            if (dimension != classDimension && output.size(dimension) != target.size(place++))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The shape that two shapes broadcast to, or null if they do not fit.</summary>
    public static long[]? Broadcast(long[] first, long[] second)
    {
        var result = new long[Math.Max(first.Length, second.Length)];
        for (var fromEnd = 1; fromEnd <= result.Length; fromEnd++)
        {
            var one = fromEnd <= first.Length ? first[^fromEnd] : 1;
            var other = fromEnd <= second.Length ? second[^fromEnd] : 1;
            if (one != other && one != 1 && other != 1)
            {
                return null;
            }

            result[^fromEnd] = one == 1 ? other : one;
        }

        return result;
    }
}
