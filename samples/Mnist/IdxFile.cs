using System.Buffers.Binary;
using System.IO.Compression;

namespace Mnist;

/// <summary>The format that MNIST comes in: a magic number, the size of each dimension, and the bytes.</summary>
/// <param name="Shape">The size of each dimension.</param>
/// <param name="Data">The bytes, the last dimension fastest.</param>
internal sealed record IdxFile(long[] Shape, byte[] Data)
{
    private const int UnsignedBytes = 0x08;

    /// <summary>Reads a file of unsigned bytes, gzipped or not: its first bytes tell, not its name.</summary>
    /// <exception cref="InvalidDataException">It is something else, or not all of it is there.</exception>
    public static IdxFile Read(string path, int dimensions)
    {
        var content = ReadContent(path);
        var magic = (UnsignedBytes << 8) | dimensions;
        var headerLength = sizeof(int) * (1 + dimensions);

        if (content.Length >= sizeof(int) && BinaryPrimitives.ReadInt32BigEndian(content) is var found && found != magic)
        {
            throw new InvalidDataException(
                $"{path} does not begin with the magic number of an IDX file of unsigned bytes in {dimensions} "
                + $"dimension(s), 0x{magic:x8}, but with 0x{found:x8}: it is another file, or damaged.");
        }

        if (content.Length < headerLength)
        {
            throw new InvalidDataException(
                $"{path} is cut off: it has {content.Length} bytes, fewer than the {headerLength} of its header.");
        }

        var shape = new long[dimensions];
        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            shape[dimension] = BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(sizeof(int) * (1 + dimension)));
        }

        var data = content[headerLength..];
        var expected = shape.Aggregate((Int128)1, (product, size) => product * size);
        return data.Length == expected
            ? new IdxFile(shape, data)
            : throw new InvalidDataException(
                $"{path} {(data.Length < expected ? "is cut off" : "is too long")}: "
                + $"its header, {string.Join(" × ", shape)}, promises {expected} bytes of data, but {data.Length} follow.");
    }

    private static byte[] ReadContent(string path)
    {
        var content = File.ReadAllBytes(path);
        if (content is not [0x1f, 0x8b, ..])
        {
            return content;
        }

        try
        {
            using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            gzip.CopyTo(unpacked);
            return unpacked.ToArray();
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path} can't be unpacked: {exception.Message}", exception);
        }
    }
}
