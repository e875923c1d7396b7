using System.Security.Cryptography;
using System.Text;

namespace LoopGen;

/// <summary>
/// The checksum of a file: the file, with zeros for the digits of the checksum itself, is cut into blocks of one
/// mebibyte; the SHA-256 of each is taken, and then the SHA-256 of those, one after the other.
/// </summary>
/// <remarks>
/// It covers every byte, the length of the header included. Blocks, because one long SHA-256 keeps one core busy while
/// the others wait: it would take longer than the writing.
/// </remarks>
internal static class FileChecksum
{
    /// <summary>The size of a block.</summary>
    public const int BlockSize = 1 << 20;

    /// <summary>How many digits the checksum has.</summary>
    public const int Digits = 2 * SHA256.HashSizeInBytes;

    /// <summary>What LoopGen's own keys in the metadata begin with.</summary>
    public const string KeyPrefix = "loopgen.";

    /// <summary>The key of the format's number.</summary>
    public const string FormatKey = KeyPrefix + "format";

    /// <summary>The key of the checksum.</summary>
    public const string Key = KeyPrefix + "sha256";

    /// <summary>The number of this format.</summary>
    public const string Format = "1";

    /// <summary>What stands for the checksum while it is computed.</summary>
    public static readonly string Zeros = new('0', Digits);

    /// <summary>How the header of any file with metadata may begin.</summary>
    private const string AnyBegin = "{\"__metadata__\":{";

    /// <summary>
    /// How the header of each file with a checksum begins: its digits are always in the same place, and a header in which
    /// the keys themselves were damaged is still known for what it is.
    /// </summary>
    private static readonly byte[] HeaderBegin =
        Encoding.ASCII.GetBytes($"{AnyBegin}\"{FormatKey}\":\"{Format}\",\"{Key}\":\"");

    /// <summary>Where the digits are in the file, behind the eight bytes of the header's length.</summary>
    public static int Offset => sizeof(ulong) + HeaderBegin.Length;

    /// <summary>Whether a header begins as that of each file with a checksum does.</summary>
    public static bool IsAtItsPlace(ReadOnlySpan<byte> header) => header.StartsWith(HeaderBegin);

    /// <summary>Whether a header begins nearly so: at least half of the bytes are right.</summary>
    public static bool IsNearlyAtItsPlace(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderBegin.Length)
        {
            return false;
        }

        var expected = HeaderBegin.AsSpan(AnyBegin.Length);
        var found = header[AnyBegin.Length..HeaderBegin.Length];
        var right = 0;
        for (var index = 0; index < expected.Length; index++)
        {
            right += expected[index] == found[index] ? 1 : 0;
        }

        return 2 * right >= expected.Length;
    }

    /// <summary>The checksum, from those of the blocks.</summary>
    public static string Combine(IEnumerable<byte[]> blocks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var block in blocks)
        {
            hash.AppendData(block);
        }

        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }
}
