using System.Buffers.Binary;
using System.Text;

namespace LoopGen.Build.Tests;

/// <summary>
/// Reads the needed versions of a shared library as the dynamic linker does: through the program headers and the dynamic
/// table, not through the section headers that the code under test goes by. It trusts the file.
/// </summary>
internal sealed class LoaderView(byte[] bytes)
{
    private const int LoadSegment = 1;              // PT_LOAD
    private const int DynamicSegment = 2;           // PT_DYNAMIC
    private const long StringTable = 5;             // DT_STRTAB
    private const long SymbolTable = 6;             // DT_SYMTAB
    private const long VersionSymbols = 0x6FFFFFF0; // DT_VERSYM
    private const long VersionNeeds = 0x6FFFFFFE;   // DT_VERNEED
    private const long VersionNeedCount = 0x6FFFFFFF; // DT_VERNEEDNUM

    public List<NeededVersion> ReadNeededVersions()
    {
        var needed = new List<NeededVersion>();
        var file = this.FileOffset(this.DynamicValue(VersionNeeds));
        for (var files = this.DynamicValue(VersionNeedCount); files > 0; files--)
        {
            var library = this.ReadName(this.UInt32(file + 4));
            var record = file + (int)this.UInt32(file + 8);
            for (var count = this.UInt16(file + 2); count > 0; count--)
            {
                var name = this.ReadName(this.UInt32(record + 8));
                needed.Add(new NeededVersion(library, name, (this.UInt16(record + 4) & 2) != 0, this.UInt16(record + 6), record));
                record += (int)this.UInt32(record + 12);
            }

            file += (int)this.UInt32(file + 12);
        }

        return needed;
    }

    /// <summary>The offset in the file of the version number of a symbol.</summary>
    public int FindSymbolVersion(string symbol)
    {
        var symbols = this.FileOffset(this.DynamicValue(SymbolTable));
        for (var i = 1; ; i++)
        {
            if (this.ReadName(this.UInt32(symbols + (24 * i))) == symbol)
            {
                return this.FileOffset(this.DynamicValue(VersionSymbols)) + (2 * i);
            }
        }
    }

    /// <summary>The offset in the file of the one string that is this name.</summary>
    public int FindName(string name)
    {
        var start = this.FileOffset(this.DynamicValue(StringTable));
        return start + bytes.AsSpan(start).IndexOf(Encoding.ASCII.GetBytes($"\0{name}\0")) + 1;
    }

    private string ReadName(uint offset)
    {
        var rest = bytes.AsSpan(this.FileOffset(this.DynamicValue(StringTable)) + (int)offset);
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    private long DynamicValue(long tag)
    {
        var (offset, _, size) = this.Segments(DynamicSegment).Single();
        for (var entry = offset; entry < offset + size; entry += 16)
        {
            if (this.Int64(entry) == tag)
            {
                return this.Int64(entry + 8);
            }
        }

        throw new ArgumentException($"The dynamic table has no entry {tag:X}.", nameof(tag));
    }

    private int FileOffset(long address)
    {
        var (offset, start, _) = this.Segments(LoadSegment).Single(segment => address >= segment.Address && address < segment.Address + segment.Size);
        return offset + (int)(address - start);
    }

    private IEnumerable<(int Offset, long Address, int Size)> Segments(int type)
    {
        var table = (int)this.Int64(0x20);
        for (var i = 0; i < this.UInt16(0x38); i++)
        {
            var header = table + (i * this.UInt16(0x36));
            if (this.UInt32(header) == type)
            {
                yield return ((int)this.Int64(header + 0x08), this.Int64(header + 0x10), (int)this.Int64(header + 0x20));
            }
        }
    }

    private ushort UInt16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(offset));

    private uint UInt32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));

    private long Int64(int offset) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(offset));
}
