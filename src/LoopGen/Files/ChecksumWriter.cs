namespace LoopGen;

/// <summary>Writes to a file and takes its checksum in the same pass.</summary>
internal sealed class ChecksumWriter(Stream stream)
{
    /// <summary>So few bytes that they are still in the processor's cache when they are written.</summary>
    private const int Step = 1 << 18;

    private Crc32C checksum = new();

    /// <summary>The checksum of what was written.</summary>
    public string Checksum => checksum.ToString();

    /// <summary>Writes the next bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var step = bytes[..Math.Min(Step, bytes.Length)];
            checksum.Append(step);
            stream.Write(step);
            bytes = bytes[step.Length..];
        }
    }
}
