namespace LoopGen.Build;

/// <summary>One version that a shared library needs of another one (<c>Elf64_Vernaux</c>).</summary>
/// <param name="Offset">Where the record starts in the file.</param>
/// <param name="Library">The library that must have it (<c>vn_file</c>): <c>libstdc++.so.6</c>.</param>
/// <param name="Name">The version (<c>vna_name</c>): <c>GLIBCXX_3.4.30</c>.</param>
/// <param name="NameOffset">Where the name stands in the string table.</param>
/// <param name="Hash">The ELF hash of the name (<c>vna_hash</c>).</param>
/// <param name="Flags"><c>vna_flags</c></param>
/// <param name="Index">The number by which symbols refer to it (<c>vna_other</c>).</param>
internal sealed record VersionNeed(
    long Offset, string Library, string Name, uint NameOffset, uint Hash, ushort Flags, ushort Index)
{
    /// <summary><c>VER_FLG_WEAK</c>: the dynamic linker loads the library even where the version is missing.</summary>
    public const ushort Weak = 2;

    // Elf64_Vernaux
    public const int HashField = 0;
    public const int FlagsField = 4;
    public const int IndexField = 6;
    public const int NameField = 8;
    public const int NextField = 12;

    /// <summary>Whether the library loads without it.</summary>
    public bool IsWeak => (this.Flags & Weak) != 0;
}
