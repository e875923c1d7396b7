using System.Text;

namespace LoopGen.Build;

/// <summary>
/// Numbers and strings of a 64-bit little-endian ELF file in memory. Every read checks its bounds, so that a damaged
/// file ends in an <see cref="InvalidDataException"/> and in nothing else.
/// </summary>
internal sealed class ElfImage
{
    private const int HeaderSize = 64;

    // Elf64_Ehdr
    private const int SectionTableOffset = 0x28;
    private const int SectionEntrySize = 0x3A;
    private const int SectionCount = 0x3C;

    // Elf64_Shdr
    private const int SectionHeaderSize = 64;

    private readonly byte[] bytes;

    private ElfImage(byte[] bytes)
    {
        this.bytes = bytes;
        this.Sections = this.ReadSections();
    }

    /// <summary>The section headers, in the file's order: other headers refer to them by position.</summary>
    public IReadOnlyList<ElfSection> Sections { get; }

    /// <summary>Reads the section headers of a file.</summary>
    /// <param name="bytes">The whole file; <see cref="WriteUInt32"/> and <see cref="WriteUInt16"/> change it in place.</param>
    /// <exception cref="InvalidDataException">It is no 64-bit little-endian ELF file, or it is cut off.</exception>
    public static ElfImage Parse(byte[] bytes)
    {
        // e_ident: the magic number, ELFCLASS64, ELFDATA2LSB
        byte[] start = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1];
        if (bytes.Length < HeaderSize || !bytes.Take(start.Length).SequenceEqual(start))
        {
            throw new InvalidDataException("Not a 64-bit little-endian ELF file.");
        }

        return new ElfImage(bytes);
    }

    /// <summary>The first section of a type (<c>sh_type</c>), or null if there is none.</summary>
    public ElfSection? FindSection(uint type)
    {
        foreach (var section in this.Sections)
        {
            if (section.Type == type)
            {
                return section;
            }
        }

        return null;
    }

    /// <summary>The section that another one refers to (<c>sh_link</c>): its strings or its symbols.</summary>
    public ElfSection LinkOf(ElfSection section) =>
        section.Link < this.Sections.Count
            ? this.Sections[(int)section.Link]
            : throw new InvalidDataException("A section refers to one that is not there.");

    public ushort ReadUInt16(long offset)
    {
        this.CheckBounds(offset, sizeof(ushort));
        return (ushort)(this.bytes[offset] | (this.bytes[offset + 1] << 8));
    }

    public uint ReadUInt32(long offset) => this.ReadUInt16(offset) | ((uint)this.ReadUInt16(offset + 2) << 16);

    /// <summary>The string at an offset of a string table.</summary>
    public string ReadString(ElfSection strings, uint offset)
    {
        var start = strings.Offset + offset;
        var end = start;
        while (end < strings.End && this.bytes[end] != 0)
        {
            end++;
        }

        return end < strings.End
            ? Encoding.ASCII.GetString(this.bytes, (int)start, (int)(end - start))
            : throw new InvalidDataException("A string does not end inside its table.");
    }

    public void WriteUInt16(long offset, ushort value)
    {
        this.CheckBounds(offset, sizeof(ushort));
        this.bytes[offset] = (byte)value;
        this.bytes[offset + 1] = (byte)(value >> 8);
    }

    public void WriteUInt32(long offset, uint value)
    {
        this.WriteUInt16(offset, (ushort)value);
        this.WriteUInt16(offset + 2, (ushort)(value >> 16));
    }

    private List<ElfSection> ReadSections()
    {
        var table = this.ReadOffset(SectionTableOffset);
        var entrySize = this.ReadUInt16(SectionEntrySize);
        var count = this.ReadUInt16(SectionCount);
        if (entrySize < SectionHeaderSize)
        {
            throw new InvalidDataException("The section headers are too short.");
        }

        var sections = new List<ElfSection>(count);
        for (var i = 0; i < count; i++)
        {
            sections.Add(this.ReadSection(table + ((long)i * entrySize)));
        }

        return sections;
    }

    private ElfSection ReadSection(long header)
    {
        const uint NoBits = 8; // SHT_NOBITS: takes no space in the file, so its offset and size say nothing about it

        this.CheckBounds(header, SectionHeaderSize);
        var type = this.ReadUInt32(header + 0x04);
        var offset = type == NoBits ? 0 : this.ReadOffset(header + 0x18);
        var size = type == NoBits ? 0 : this.ReadOffset(header + 0x20);
        this.CheckBounds(offset, size);
        return new ElfSection(type, offset, size, Link: this.ReadUInt32(header + 0x28));
    }

    /// <summary>A 64-bit offset or size. Half of that range is far more than a file in memory can have.</summary>
    private long ReadOffset(long offset)
    {
        var value = this.ReadUInt32(offset) | ((long)this.ReadUInt32(offset + 4) << 32);
        return value is >= 0 and <= int.MaxValue
            ? value
            : throw new InvalidDataException("An offset or a size is larger than the file.");
    }

    private void CheckBounds(long offset, long size)
    {
        if (offset < 0 || offset + size > this.bytes.Length)
        {
            throw new InvalidDataException("The file ends too early.");
        }
    }
}
