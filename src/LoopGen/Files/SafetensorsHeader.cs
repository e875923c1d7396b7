using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// What is in front of the data of a safetensors file: which tensors there are, where, and words about them.
/// </summary>
/// <param name="Tensors">The tensors, in the order of their data.</param>
/// <param name="Metadata">The words, LoopGen's own left out.</param>
internal sealed record SafetensorsHeader(
    IReadOnlyList<TensorEntry> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The key of the metadata, which therefore cannot be the name of a tensor.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>The longest header that the format allows.</summary>
    public const int LongestText = 100_000_000;

    /// <summary>The header's text begins behind its length and ends where data of any type is aligned.</summary>
    private const int Alignment = 8;

    /// <summary>How long the data is.</summary>
    public long DataLength => Tensors.Count == 0 ? 0 : Tensors[^1].End;

    /// <summary>Lays tensors out in a file.</summary>
    /// <exception cref="ArgumentException">A name or a word cannot be written.</exception>
    /// <exception cref="NotSupportedException">The format has no such tensor.</exception>
    public static SafetensorsHeader Of(
        IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        foreach (var (key, value) in metadata)
        {
            if (value is null || key.StartsWith(FileChecksum.KeyPrefix, StringComparison.Ordinal))
            {
                throw new ArgumentException(
                    $"metadata has \"{key}\": no value may be null, and keys that begin with \"{FileChecksum.KeyPrefix}\" are LoopGen's own.",
                    nameof(metadata));
            }
        }

        // The widest types first: each tensor's data is aligned then, as Python's writer has it too.
        var entries = new List<TensorEntry>();
        var end = 0L;
        foreach (var (name, tensor) in tensors.OrderByDescending(pair => pair.Value.ElementSize))
        {
            var length = TensorBytes.Length(tensor);
            entries.Add(new TensorEntry(
                CheckName(name), TypeName(name, tensor), tensor.dtype, tensor.shape, end, checked(end + length)));
            end += length;
        }

        return new SafetensorsHeader(entries, metadata);
    }

    /// <summary>The text of the header, with zeros for the checksum, padded to the alignment.</summary>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public ReadOnlyMemory<byte> Write()
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            json.WriteString(FileChecksum.FormatKey, FileChecksum.Format);
            json.WriteString(FileChecksum.Key, FileChecksum.Zeros);
            foreach (var (key, value) in Metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            foreach (var tensor in Tensors)
            {
                WriteTensor(json, tensor);
            }

            json.WriteEndObject();
        }

        var padding = (Alignment - (text.WrittenCount % Alignment)) % Alignment;
        text.Write("        "u8[..padding]);
        return text.WrittenCount <= LongestText
            ? text.WrittenMemory
            : throw new ArgumentException(
                $"The names and the metadata take {text.WrittenCount} bytes, and the format allows {LongestText}.");
    }

    private static void WriteTensor(Utf8JsonWriter json, TensorEntry tensor)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.TypeName);
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(tensor.Begin);
        json.WriteNumberValue(tensor.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string CheckName(string name) =>
        name != MetadataKey
            ? name
            : throw new ArgumentException($"No tensor can have the name '{MetadataKey}': the format uses it itself.");

    private static string TypeName(string name, Tensor tensor)
    {
        if (tensor.is_meta || tensor.is_sparse)
        {
            throw new NotSupportedException(
                $"'{name}' cannot be saved: it is {(tensor.is_meta ? "on the meta device, without values" : "sparse")}.");
        }

        return SafetensorsTypes.Name(tensor.dtype)
            ?? throw new NotSupportedException(
                $"'{name}' cannot be saved: it is {tensor.dtype}, which safetensors files do not have."
                + (tensor.is_complex() ? " Keep complex numbers as two real tensors, tensor.real and tensor.imag." : string.Empty));
    }
}
