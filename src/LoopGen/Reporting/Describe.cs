using System.Globalization;
using TorchSharp;

namespace LoopGen;

/// <summary>Tensors in the words of an error message.</summary>
internal static class Describe
{
    /// <summary>Type and shape: <c>Float32 (64, 10)</c>.</summary>
    public static string Tensor(torch.Tensor tensor) => $"{tensor.dtype} {Shape(tensor.shape)}";

    /// <summary>A shape: <c>(64, 10)</c>, <c>(64)</c>, <c>()</c>.</summary>
    public static string Shape(IEnumerable<long> shape) =>
        $"({string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))})";

    /// <summary>A type as one writes it: <c>torch.int64</c>.</summary>
    public static string TypeInCode(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Byte => "torch.uint8",
        _ => "torch." + type.ToString().ToLowerInvariant(),
    };
}
