namespace LoopGen.Build;

/// <summary>What is needed of a section header (<c>Elf64_Shdr</c>); its range lies inside the file.</summary>
/// <param name="Type"><c>sh_type</c></param>
/// <param name="Offset"><c>sh_offset</c>: where its contents start in the file.</param>
/// <param name="Size"><c>sh_size</c>, in bytes.</param>
/// <param name="Link"><c>sh_link</c>: the position of the section with its strings or its symbols.</param>
internal readonly record struct ElfSection(uint Type, long Offset, long Size, uint Link)
{
    /// <summary>The first offset behind its contents.</summary>
    public long End => this.Offset + this.Size;
}
