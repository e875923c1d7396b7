using System.Buffers.Binary;
using System.IO.Compression;

namespace LoopGen.Samples.Tests.Mnist;

/// <summary>Files in the format of MNIST, made by hand.</summary>
internal static class Idx
{
    /// <summary>A file of unsigned bytes.</summary>
    public static byte[] Bytes(int[] shape, byte[] data) => Bytes(0x0800 + shape.Length, shape, data);

    /// <summary>The same with a magic number of any kind.</summary>
    public static byte[] Bytes(int magic, int[] shape, byte[] data)
    {
        int[] header = [magic, .. shape];
        var content = new byte[(sizeof(int) * header.Length) + data.Length];
        for (var index = 0; index < header.Length; index++)
        {
            BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(sizeof(int) * index), header[index]);
        }

        data.CopyTo(content, sizeof(int) * header.Length);
        return content;
    }

    /// <summary>Images of 28 × 28 in one grey each, every other one darker.</summary>
    public static byte[] Images(int count) => Bytes(
        [count, 28, 28],
        [.. Enumerable.Range(0, count * 28 * 28).Select(index => (byte)(index / (28 * 28) % 2 == 0 ? 40 : 220))]);

    /// <summary>Labels 0 and 1 in turn.</summary>
    public static byte[] Labels(int count) => Bytes(
        [count], [.. Enumerable.Range(0, count).Select(index => (byte)(index % 2))]);

    /// <summary>A small MNIST in the folder, gzipped, under the standard names.</summary>
    public static void WriteAll(TemporaryFolder folder, int train, int test)
    {
        folder.Write("train-images-idx3-ubyte.gz", Gzip(Images(train)));
        folder.Write("train-labels-idx1-ubyte.gz", Gzip(Labels(train)));
        folder.Write("t10k-images-idx3-ubyte.gz", Gzip(Images(test)));
        folder.Write("t10k-labels-idx1-ubyte.gz", Gzip(Labels(test)));
    }

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
