using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LoopGen.Tests;

/// <summary>
/// Reads and writes safetensors files by the published description of the format alone
/// (https://huggingface.co/docs/safetensors), with nothing of the library.
/// </summary>
internal sealed record PlainSafetensors(JsonObject Header, byte[] Data)
{
    public static PlainSafetensors Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal((byte)'{', bytes[8]);
        return new(JsonNode.Parse(Encoding.UTF8.GetString(bytes, 8, length))!.AsObject(), bytes[(8 + length)..]);
    }

    public static byte[] Bytes(string header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
        return [.. length, .. text, .. data];
    }

    public (string Type, long[] Shape, byte[] Bytes) Tensor(string name)
    {
        var entry = Header[name]!;
        var (begin, end) = (entry["data_offsets"]![0]!.GetValue<int>(), entry["data_offsets"]![1]!.GetValue<int>());
        return (entry["dtype"]!.GetValue<string>(), entry["shape"].Deserialize<long[]>()!, Data[begin..end]);
    }
}
