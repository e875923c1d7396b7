using System.Text;

namespace LoopGen;

/// <summary>
/// Where a file has its checksum: in the metadata. It is the <see cref="Crc32C"/> of the whole file, the length of the
/// header included, with zeros for its own digits.
/// </summary>
internal static class FileChecksum
{
    /// <summary>What LoopGen's own keys in the metadata begin with.</summary>
    public const string KeyPrefix = "loopgen.";

    /// <summary>The key of the format's number.</summary>
    public const string FormatKey = KeyPrefix + "format";

    /// <summary>The key of the checksum.</summary>
    public const string Key = KeyPrefix + "crc32c";

    /// <summary>The number of this format.</summary>
    public const string Format = "1";

    /// <summary>What stands for the checksum while it is computed.</summary>
    public const string Zeros = "00000000";

    /// <summary>How the header of any file with metadata may begin.</summary>
    private const string AnyBegin = "{\"__metadata__\":{";

    /// <summary>
    /// How the header of each file with a checksum begins: its digits are always in the same place, and a header in which
    /// the keys themselves were damaged is still known for what it is.
    /// </summary>
    private static readonly byte[] HeaderBegin =
        Encoding.ASCII.GetBytes($"{AnyBegin}\"{FormatKey}\":\"{Format}\",\"{Key}\":\"");

    /// <summary>Where the digits are in the header.</summary>
    public static int Offset => HeaderBegin.Length;

    /// <summary>Whether a header begins as that of each file with a checksum does.</summary>
    public static bool IsAtItsPlace(ReadOnlySpan<byte> header) => header.StartsWith(HeaderBegin);

    /// <summary>Whether a header begins nearly so: at least half of the bytes that only our own files have are right.</summary>
    public static bool IsNearlyAtItsPlace(ReadOnlySpan<byte> header)
    {
        var right = 0;
        for (var index = AnyBegin.Length; index < Math.Min(header.Length, HeaderBegin.Length); index++)
        {
            right += header[index] == HeaderBegin[index] ? 1 : 0;
        }

        return 2 * right >= HeaderBegin.Length - AnyBegin.Length;
    }
}
