namespace LoopGen.Build;

/// <summary>
/// The versions that a shared library needs (<c>.gnu.version_r</c>) and the symbols that it needs them for
/// (<c>.gnu.version</c> beside <c>.dynsym</c>).
/// </summary>
internal static class VersionNeedTable
{
    private const uint VersionNeedSection = 0x6FFFFFFE;   // SHT_GNU_verneed
    private const uint VersionSymbolSection = 0x6FFFFFFF; // SHT_GNU_versym

    // Elf64_Verneed
    private const int CountField = 2;
    private const int FileField = 4;
    private const int FirstField = 8;
    private const int NextField = 12;

    // An Elf64_Verneed and an Elf64_Vernaux are equally long.
    private const int RecordSize = 16;

    private const int SymbolSize = 24;          // Elf64_Sym; its first field is st_name
    private const int VersionSymbolSize = 2;    // Elf64_Versym
    private const ushort IndexMask = 0x7FFF;    // the highest bit marks a hidden symbol

    /// <summary>Every version that the file needs, in the file's order; none if it has no such table.</summary>
    public static List<VersionNeed> Read(ElfImage image)
    {
        var needs = new List<VersionNeed>();
        if (image.FindSection(VersionNeedSection) is not { } section)
        {
            return needs;
        }

        var strings = image.LinkOf(section);

        // Records are linked by distances. A damaged file may link them in ways that take ages to follow, so there are
        // never more of them than fit.
        var recordsLeft = section.Size / RecordSize;
        var file = section.Offset;
        uint nextFile;
        do
        {
            CheckRecord(section, file, ref recordsLeft);
            var library = image.ReadString(strings, image.ReadUInt32(file + FileField));
            var record = file + image.ReadUInt32(file + FirstField);
            for (var left = image.ReadUInt16(file + CountField); left > 0; left--)
            {
                CheckRecord(section, record, ref recordsLeft);
                needs.Add(ReadNeed(image, strings, library, record));
                record += image.ReadUInt32(record + VersionNeed.NextField);
            }

            nextFile = image.ReadUInt32(file + NextField);
            file += nextFile;
        }
        while (nextFile != 0);

        return needs;
    }

    /// <summary>The names of the symbols that are needed in a version.</summary>
    public static List<string> SymbolsOf(ElfImage image, VersionNeed need)
    {
        var versions = image.FindSection(VersionSymbolSection)
            ?? throw new InvalidDataException("The file needs versions, but none of its symbols says which.");
        var symbols = image.LinkOf(versions);
        var strings = image.LinkOf(symbols);
        var count = Math.Min(versions.Size / VersionSymbolSize, symbols.Size / SymbolSize);

        var names = new List<string>();
        for (var i = 0L; i < count; i++)
        {
            var index = image.ReadUInt16(versions.Offset + (i * VersionSymbolSize)) & IndexMask;
            if (index == need.Index)
            {
                names.Add(image.ReadString(strings, image.ReadUInt32(symbols.Offset + (i * SymbolSize))));
            }
        }

        return names;
    }

    private static VersionNeed ReadNeed(ElfImage image, ElfSection strings, string library, long record)
    {
        var nameOffset = image.ReadUInt32(record + VersionNeed.NameField);
        return new VersionNeed(
            record,
            library,
            Name: image.ReadString(strings, nameOffset),
            nameOffset,
            Hash: image.ReadUInt32(record + VersionNeed.HashField),
            Flags: image.ReadUInt16(record + VersionNeed.FlagsField),
            Index: image.ReadUInt16(record + VersionNeed.IndexField));
    }

    private static void CheckRecord(ElfSection section, long record, ref long recordsLeft)
    {
        if (record < section.Offset || record + RecordSize > section.End || recordsLeft-- == 0)
        {
            throw new InvalidDataException("The table of needed versions is damaged.");
        }
    }
}
