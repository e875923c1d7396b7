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
}
