using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// A file of named tensors in the <see href="https://huggingface.co/docs/safetensors">safetensors</see> format: the
/// length of the header, the header in JSON, the values. LoopGen's files have a <see cref="FileChecksum"/> in their
/// metadata; files without one are read too. Nothing in a file is ever executed.
/// </summary>
internal sealed class SafetensorsFile : IDisposable
{
    /// <summary>So few bytes that they are still in the processor's cache when they are used.</summary>
    private const int BufferSize = 1 << 18;

    private readonly string path;
    private readonly SafeFileHandle file;
    private readonly long dataBegin;

    private SafetensorsFile(string path, SafeFileHandle file, long dataBegin, SafetensorsHeader header)
    {
        this.path = path;
        this.file = file;
        this.dataBegin = dataBegin;
        Tensors = header.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        Metadata = header.Metadata
            .Where(pair => !pair.Key.StartsWith(FileChecksum.KeyPrefix, StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>What is in the file, by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors { get; private set; }

    /// <summary>The words in the file, LoopGen's own left out.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Writes a file, in the place of one that is there.</summary>
    /// <exception cref="ArgumentException">A name or a word cannot be written.</exception>
    /// <exception cref="NotSupportedException">The format has no such tensor.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(
        string path,
        IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null,
        bool keepPrevious = false)
    {
        var header = SafetensorsHeader.Of(tensors, metadata ?? new Dictionary<string, string>());
        var text = header.Write();
        var length = sizeof(ulong) + text.Length + header.DataLength;
        AtomicFile.Replace(path, Write, length, keepPrevious);

        void Write(FileStream stream)
        {
            var writer = new ChecksumWriter(stream);
            Span<byte> textLength = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(textLength, (ulong)text.Length);
            writer.Write(textLength);
            writer.Write(text.Span);
            foreach (var entry in header.Tensors)
            {
                TensorBytes.Read(tensors[entry.Name], piece => writer.Write(piece));
            }

            stream.Position = sizeof(ulong) + FileChecksum.Offset;
            stream.Write(Encoding.ASCII.GetBytes(writer.Checksum));
        }
    }

    /// <summary>Opens a file and checks all of it: its structure and, if it has one, its checksum.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or none of this format; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        SafeFileHandle? file = null;
        try
        {
            if (Directory.Exists(path))
            {
                throw new IOException("it is a folder.");
            }

            file = File.OpenHandle(path);
            return Open(path, file);
        }
        catch (Exception exception)
        {
            file?.Dispose();
            if (exception is InvalidDataException)
            {
                throw new InvalidDataException($"'{path}' is damaged, or no safetensors file: {exception.Message}{Advice(path)}", exception);
            }

            if (FileErrors.IsFrom(exception))
            {
                throw FileErrors.Reading(path, exception);
            }

            throw;
        }
    }

    /// <summary>Keeps the tensors whose names begin so, under what follows.</summary>
    public void Select(string prefix) => Tensors = Tensors.Values
        .Where(entry => entry.Name.StartsWith(prefix, StringComparison.Ordinal))
        .Select(entry => entry with { Name = entry.Name[prefix.Length..] })
        .ToDictionary(entry => entry.Name, StringComparer.Ordinal);

    /// <summary>Puts the values of a tensor in the file into one of the same type and shape, on whatever device.</summary>
    /// <exception cref="IOException">They cannot be read; a part of the tensor may have changed.</exception>
    public void Read(TensorEntry entry, Tensor destination)
    {
        var offset = dataBegin + entry.Begin;
        TensorBytes.Fill(destination, piece =>
        {
            ReadAt(piece, offset);
            offset += piece.Length;
        });
    }

    /// <summary>Whether two tensors in the file have the same type and shape and the same values, bit for bit.</summary>
    public bool AreEqual(TensorEntry one, TensorEntry other)
    {
        if (one.Type != other.Type || !one.Shape.SequenceEqual(other.Shape))
        {
            return false;
        }

        var size = (int)Math.Min(one.Length, BufferSize);
        var (first, second) = (new byte[size], new byte[size]);
        for (var done = 0L; done < one.Length; done += size)
        {
            var count = (int)Math.Min(size, one.Length - done);
            ReadAt(first.AsSpan(0, count), dataBegin + one.Begin + done);
            ReadAt(second.AsSpan(0, count), dataBegin + other.Begin + done);
            if (!first.AsSpan(0, count).SequenceEqual(second.AsSpan(0, count)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    private static SafetensorsFile Open(string path, SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        if (length < sizeof(ulong))
        {
            throw new InvalidDataException($"it has {length} bytes.");
        }

        Span<byte> number = stackalloc byte[sizeof(ulong)];
        ReadAt(file, number, 0);
        var textLength = BinaryPrimitives.ReadUInt64LittleEndian(number);
        if (textLength > (ulong)Math.Min(length - sizeof(ulong), SafetensorsHeader.LongestText))
        {
            throw new InvalidDataException(
                OtherFormat(number) ?? $"its header would be {textLength} bytes long, in a file of {length}.");
        }

        var text = new byte[(int)textLength];
        ReadAt(file, text, sizeof(ulong));
        var dataBegin = sizeof(ulong) + text.Length;
        var header = SafetensorsHeaderReader.Read(text, length - dataBegin);
        CheckChecksum(file, length, text, header.Metadata);
        return new SafetensorsFile(path, file, dataBegin, header);
    }

    /// <summary>One half of a mark that was damaged must not make a file pass for one without a checksum.</summary>
    private static void CheckChecksum(
        SafeFileHandle file, long length, byte[] text, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.Keys.Any(key => key.StartsWith(FileChecksum.KeyPrefix, StringComparison.Ordinal))
            && !FileChecksum.IsNearlyAtItsPlace(text))
        {
            return;
        }

        if (!FileChecksum.IsAtItsPlace(text)
            || !metadata.TryGetValue(FileChecksum.Key, out var expected)
            || expected.Length != Crc32C.Digits)
        {
            throw new InvalidDataException(
                "LoopGen's checksum is not as this version writes it. A newer version may have written the file, or "
                + $"another program that copied the metadata: it must leave out keys that begin with \"{FileChecksum.KeyPrefix}\".");
        }

        if (Compute(file, length) != expected)
        {
            throw new InvalidDataException("its checksum is wrong: its bytes are not the ones that were written.");
        }
    }

    private static string Compute(SafeFileHandle file, long length)
    {
        var checksum = new Crc32C();
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(BufferSize, length));
        for (var offset = 0L; offset < length;)
        {
            var block = buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - offset));
            ReadAt(file, block, offset);
            if (offset == 0)
            {
                block.Slice(sizeof(ulong) + FileChecksum.Offset, Crc32C.Digits).Fill((byte)'0');
            }

            checksum.Append(block);
            offset += block.Length;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return checksum.ToString();
    }

    /// <summary>What the first bytes say of a file that is none of ours; null where they say nothing.</summary>
    private static string? OtherFormat(ReadOnlySpan<byte> begin)
    {
        const string convert = "In Python, safetensors.torch.save_file(model.state_dict(), path) writes one that can be read.";
        return begin switch
        {
            [(byte)'P', (byte)'K', 3, 4, ..] => $"it is a zip archive, as PyTorch's torch.save writes it. {convert}",
            [0x80, >= 2 and <= 5, ..] => $"it is a Python pickle, as old versions of PyTorch write it. {convert}",
            [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "it is an HDF5 file, as Keras writes it.",
            _ => null,
        };
    }

    private static string Advice(string path) =>
        File.Exists(path + AtomicFile.PreviousSuffix)
            ? $" The file before it is '{path}{AtomicFile.PreviousSuffix}'."
            : string.Empty;

    private static void ReadAt(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            var count = RandomAccess.Read(file, bytes, offset);
            if (count == 0)
            {
                throw new IOException("another program made it shorter while it was read.");
            }

            bytes = bytes[count..];
            offset += count;
        }
    }

    private void ReadAt(Span<byte> bytes, long offset)
    {
        try
        {
            ReadAt(file, bytes, offset);
        }
        catch (Exception exception) when (FileErrors.IsFrom(exception))
        {
            throw FileErrors.Reading(path, exception);
        }
    }
}
