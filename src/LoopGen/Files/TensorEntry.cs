using static TorchSharp.torch;

namespace LoopGen;

/// <summary>A tensor in a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Its element type as the file names it.</param>
/// <param name="Type">TorchSharp's type for that, or null where it has none.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Begin">Where its first byte is, counted from the first byte of the data.</param>
/// <param name="End">The byte behind its last one.</param>
internal sealed record TensorEntry(
    string Name, string TypeName, ScalarType? Type, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>How many bytes its values take.</summary>
    public long Length => End - Begin;

    /// <summary>Type and shape, as errors name them.</summary>
    public override string ToString() => $"{Type?.ToString() ?? TypeName} {Describe.Shape(Shape)}";
}
