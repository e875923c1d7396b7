using static TorchSharp.torch;

namespace LoopGen;

/// <summary>The element types that the safetensors format knows, and TorchSharp's types for them.</summary>
internal static class SafetensorsTypes
{
    private static readonly Dictionary<string, (int Bits, ScalarType? Type)> Types = new(StringComparer.Ordinal)
    {
        ["F64"] = (64, ScalarType.Float64),
        ["F32"] = (32, ScalarType.Float32),
        ["F16"] = (16, ScalarType.Float16),
        ["BF16"] = (16, ScalarType.BFloat16),
        ["I64"] = (64, ScalarType.Int64),
        ["I32"] = (32, ScalarType.Int32),
        ["I16"] = (16, ScalarType.Int16),
        ["I8"] = (8, ScalarType.Int8),
        ["U8"] = (8, ScalarType.Byte),
        ["BOOL"] = (8, ScalarType.Bool),

        // Files of others may have these. TorchSharp has none of them, or the format has them only lately.
        ["U64"] = (64, null),
        ["U32"] = (32, null),
        ["U16"] = (16, null),
        ["C64"] = (64, null),
        ["F8_E4M3"] = (8, null),
        ["F8_E5M2"] = (8, null),
        ["F8_E8M0"] = (8, null),
        ["F6_E2M3"] = (6, null),
        ["F6_E3M2"] = (6, null),
        ["F4"] = (4, null),
    };

    private static readonly Dictionary<ScalarType, string> Names =
        Types.Where(pair => pair.Value.Type is not null).ToDictionary(pair => pair.Value.Type!.Value, pair => pair.Key);

    /// <summary>The format's name of a type, or null where it has none.</summary>
    public static string? Name(ScalarType type) => Names.GetValueOrDefault(type);

    /// <summary>The width of the elements of a type, and TorchSharp's type for it if there is one.</summary>
    public static bool TryFind(string name, out (int Bits, ScalarType? Type) found) => Types.TryGetValue(name, out found);
}
