using System.Text.Json.Serialization;

namespace LoopGen;

/// <summary>How the figures of epochs are written, known when compiling: trimmed applications have no reflection.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(List<Dictionary<string, double?>>))]
internal sealed partial class HistoryJson : JsonSerializerContext;
