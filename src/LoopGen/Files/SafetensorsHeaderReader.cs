using System.Text.Json;

namespace LoopGen;

/// <summary>Reads the header of a safetensors file and believes nothing in it.</summary>
internal static class SafetensorsHeaderReader
{
    /// <summary>Reads a header.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="dataLength">How many bytes of data the file has behind it.</param>
    /// <returns>The header, LoopGen's own words among its metadata.</returns>
    /// <exception cref="InvalidDataException">It is wrong; the message says where.</exception>
    public static SafetensorsHeader Read(ReadOnlySpan<byte> text, long dataLength)
    {
        try
        {
            var tensors = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
            Dictionary<string, string>? metadata = null;
            var json = new Utf8JsonReader(text);
            Next(ref json, JsonTokenType.StartObject, "the header");
            while (NextName(ref json, "the header") is { } name)
            {
                if (name == SafetensorsHeader.MetadataKey)
                {
                    metadata = metadata is null
                        ? ReadMetadata(ref json)
                        : throw new InvalidDataException("its header has two sets of metadata.");
                }
                else if (!tensors.TryAdd(name, ReadTensor(ref json, name)))
                {
                    throw new InvalidDataException($"it has two tensors with the name '{name}'.");
                }
            }

            if (json.Read())
            {
                throw new InvalidDataException("its header goes on behind its end.");
            }

            return new SafetensorsHeader(Ordered(tensors.Values, dataLength), metadata ?? []);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter is what the reader has for text that is no UTF-8.
            throw new InvalidDataException($"its header is no valid JSON: {exception.Message}", exception);
        }
    }

    private static Dictionary<string, string> ReadMetadata(ref Utf8JsonReader json)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        Next(ref json, JsonTokenType.StartObject, "the metadata");
        while (NextName(ref json, "the metadata") is { } key)
        {
            Next(ref json, JsonTokenType.String, $"the metadata's '{key}'");
            if (!metadata.TryAdd(key, json.GetString()!))
            {
                throw new InvalidDataException($"its metadata has '{key}' twice.");
            }
        }

        return metadata;
    }

    private static TensorEntry ReadTensor(ref Utf8JsonReader json, string name)
    {
        string? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        Next(ref json, JsonTokenType.StartObject, $"'{name}'");
        while (NextName(ref json, $"'{name}'") is { } property)
        {
            switch (property)
            {
                case "dtype" when type is null:
                    Next(ref json, JsonTokenType.String, $"the dtype of '{name}'");
                    type = json.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref json, $"the shape of '{name}'");
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref json, $"the data_offsets of '{name}'");
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw new InvalidDataException($"'{name}' has its {property} twice.");
                default:
                    // As Python's reader does.
                    json.Skip();
                    break;
            }
        }

        if (type is null || shape is null || offsets is not [var begin, var end])
        {
            throw new InvalidDataException($"'{name}' lacks its dtype, its shape or its two data_offsets.");
        }

        return Checked(name, type, shape, begin, end);
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader json, string what)
    {
        var numbers = new List<long>();
        Next(ref json, JsonTokenType.StartArray, what);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out var number) || number < 0)
            {
                throw new InvalidDataException($"{what} must be whole numbers from 0 on.");
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static TensorEntry Checked(string name, string type, List<long> shape, long begin, long end)
    {
        if (!SafetensorsTypes.TryFind(type, out var found))
        {
            throw new InvalidDataException($"'{name}' has the unknown dtype '{type}'.");
        }

        // Torch multiplies the sizes too, those beside a 0 included.
        UInt128 product = 1;
        foreach (var size in shape)
        {
            product *= (UInt128)Math.Max(size, 1);
            if (product > long.MaxValue / 8)
            {
                throw new InvalidDataException($"the shape {Describe.Shape(shape)} of '{name}' is too large.");
            }
        }

        var bits = shape.Contains(0) ? 0 : product * (UInt128)found.Bits;
        if (end < begin || bits % 8 != 0 || bits / 8 != (UInt128)(end - begin))
        {
            throw new InvalidDataException(
                $"'{name}', {type} {Describe.Shape(shape)}, cannot be what lies in the bytes from {begin} to {end}.");
        }

        return new TensorEntry(name, type, found.Type, shape, begin, end);
    }

    /// <summary>The tensors in the order of their data, which must cover all of it and nothing twice.</summary>
    private static List<TensorEntry> Ordered(IEnumerable<TensorEntry> tensors, long dataLength)
    {
        var ordered = tensors.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End).ToList();
        var end = 0L;
        foreach (var tensor in ordered)
        {
            if (tensor.Begin != end)
            {
                throw new InvalidDataException(
                    $"'{tensor.Name}' begins at byte {tensor.Begin} of the data, where the one before it ends at {end}.");
            }

            end = tensor.End;
        }

        return end == dataLength
            ? ordered
            : throw new InvalidDataException(
                $"it has {dataLength} bytes of data, but its tensors take {end}: it was cut off, or something was added.");
    }

    private static string? NextName(ref Utf8JsonReader json, string of)
    {
        if (json.Read() && json.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        return json.TokenType == JsonTokenType.PropertyName
            ? json.GetString()
            : throw new InvalidDataException($"{of} ends early.");
    }

    private static void Next(ref Utf8JsonReader json, JsonTokenType type, string what)
    {
        if (!json.Read() || json.TokenType != type)
        {
            throw new InvalidDataException($"{what} is no {type}.");
        }
    }
}
