namespace LoopGen.Build.Tests;

/// <summary>A version that a shared library needs.</summary>
/// <param name="Library">Of which library.</param>
/// <param name="Name">Which one.</param>
/// <param name="IsWeak">Whether it loads without.</param>
/// <param name="Index">The number by which symbols refer to it.</param>
/// <param name="Record">Where the 16 bytes of its record start in the file.</param>
internal sealed record NeededVersion(string Library, string Name, bool IsWeak, int Index, int Record);
