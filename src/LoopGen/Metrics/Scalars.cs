using System.Collections.Concurrent;
using TorchSharp;

namespace LoopGen;

/// <summary>
/// Numbers that tensor operations take. A number that is passed to TorchSharp directly becomes a temporary
/// <see cref="Scalar"/> whose finalizer can run while native code still reads it; these are never collected.
/// </summary>
internal static class Scalars
{
    /// <summary>Zero, an integer so that it suits tensors of every type.</summary>
    public static readonly Scalar Zero = 0L.ToScalar();

    /// <summary>One, an integer so that it suits tensors of every type.</summary>
    public static readonly Scalar One = 1L.ToScalar();

    private static readonly ConcurrentDictionary<long, Scalar> Numbers = new();

    /// <summary>One of the few numbers that a program uses again and again, such as an index that is ignored.</summary>
    public static Scalar Of(long number) => Numbers.GetOrAdd(number, static value => value.ToScalar());
}
