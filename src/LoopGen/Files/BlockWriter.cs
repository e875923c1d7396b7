using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace LoopGen;

/// <summary>
/// Writes a file from its beginning to its end and takes its <see cref="FileChecksum"/> on the way. What it is given is
/// copied into blocks, which other threads take the checksum of and write.
/// </summary>
internal sealed class BlockWriter : IDisposable
{
    private readonly SafeFileHandle file;
    private readonly byte[]?[] buffers = new byte[]?[Math.Clamp(Environment.ProcessorCount + 1, 2, 16)];
    private readonly List<Task<byte[]>> blocks = [];
    private int filled;

    /// <summary>Begins at the first byte of a file.</summary>
    public BlockWriter(SafeFileHandle file) => this.file = file;

    /// <summary>The buffer of the block that is being filled; they are used in turn.</summary>
    private byte[] Buffer =>
        buffers[blocks.Count % buffers.Length] ??= GC.AllocateUninitializedArray<byte>(FileChecksum.BlockSize);

    /// <summary>Writes the next bytes. They may be overwritten when it returns.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, FileChecksum.BlockSize - filled);
            bytes[..count].CopyTo(Buffer.AsSpan(filled));
            bytes = bytes[count..];
            filled += count;
            if (filled == FileChecksum.BlockSize)
            {
                EndBlock();
            }
        }
    }

    /// <summary>Writes what is left, waits until all of it is written and gives the checksum.</summary>
    public string Finish()
    {
        if (filled > 0)
        {
            EndBlock();
        }

        return FileChecksum.Combine(blocks.Select(block => block.GetAwaiter().GetResult()));
    }

    /// <summary>Waits until nothing writes to the file any more, as after a failure it may.</summary>
    public void Dispose()
    {
        try
        {
            Task.WaitAll([.. blocks]);
        }
        catch (AggregateException)
        {
            // Finish, or the block that wanted the buffer, has thrown it.
        }
    }

    private void EndBlock()
    {
        var (buffer, count, offset) = (Buffer, filled, (long)blocks.Count * FileChecksum.BlockSize);
        blocks.Add(Task.Run(() =>
        {
            var hash = SHA256.HashData(buffer.AsSpan(0, count));
            RandomAccess.Write(file, buffer.AsSpan(0, count), offset);
            return hash;
        }));
        filled = 0;

        // The buffer that comes next must have been written.
        if (blocks.Count >= buffers.Length)
        {
            blocks[^buffers.Length].GetAwaiter().GetResult();
        }
    }
}
