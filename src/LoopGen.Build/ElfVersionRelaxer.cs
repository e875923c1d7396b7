namespace LoopGen.Build;

/// <summary>
/// Lets TorchSharp's <c>libLibTorchSharp.so</c> load with the <c>libstdc++</c> of Debian 12, Ubuntu 22.04 and RHEL 9.
/// <para>
/// A shared library lists the versions of symbols that it needs of others (<c>.gnu.version_r</c>), and the dynamic linker
/// refuses to load it where one is missing, used or not. TorchSharp 0.107.0 was linked on a newer Linux and lists two
/// versions too many. Which two, and why they can go, stands in <see cref="RelaxableVersions"/>; nothing else in the file
/// is ever changed, and a file without them stays as it is.
/// </para>
/// </summary>
internal static class ElfVersionRelaxer
{
    /// <summary>The only file that this is meant for.</summary>
    public const string FileName = "libLibTorchSharp.so";

    private const string StandardLibrary = "libstdc++.so.6";

    /// <summary>All that may be changed.</summary>
    private static readonly RelaxableVersion[] RelaxableVersions =
    [
        // std::ios_base_library_init(): GCC 13 and later name it in every file that includes <iostream>, to ask for a
        // library that sets up std::cout by itself. No code calls it.
        new(StandardLibrary, "GLIBCXX_3.4.32", "_ZSt21ios_base_library_initv", OlderName: null),

        // std::condition_variable::wait(std::unique_lock<std::mutex>&): the same function under both versions, kept
        // under the old one for programs linked before the new one came.
        new(StandardLibrary, "GLIBCXX_3.4.30", "_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE", "GLIBCXX_3.4.11"),
    ];

    /// <summary>Relaxes the needs of a file in memory.</summary>
    /// <param name="bytes">The whole file. It is changed in place, and keeps its length.</param>
    /// <returns>
    /// The versions that are no longer needed; none if there was nothing to do: another file, a fixed one, one that has
    /// been relaxed before, or a damaged one.
    /// </returns>
    public static IReadOnlyList<string> Relax(byte[] bytes)
    {
        try
        {
            return Relax(ElfImage.Parse(bytes));
        }
        catch (InvalidDataException)
        {
            // Nothing was written yet: all is read first.
            return [];
        }
    }

    private static List<string> Relax(ElfImage image)
    {
        var needs = VersionNeedTable.Read(image);
        var edits = new List<(VersionNeed Need, VersionNeed? Older)>();
        foreach (var relaxable in RelaxableVersions)
        {
            if (Find(needs, relaxable.Library, relaxable.Name) is { IsWeak: false } need
                && VersionNeedTable.SymbolsOf(image, need).All(symbol => symbol == relaxable.Symbol))
            {
                var older = relaxable.OlderName is null ? null : Find(needs, relaxable.Library, relaxable.OlderName);
                if (relaxable.OlderName is null || older is not null)
                {
                    edits.Add((need, older));
                }
            }
        }

        foreach (var (need, older) in edits)
        {
            if (older is null)
            {
                image.WriteUInt16(need.Offset + VersionNeed.FlagsField, (ushort)(need.Flags | VersionNeed.Weak));
            }
            else
            {
                // The name of the older version is in the string table already, since the file needs that one as well.
                image.WriteUInt32(need.Offset + VersionNeed.HashField, older.Hash);
                image.WriteUInt32(need.Offset + VersionNeed.NameField, older.NameOffset);
            }
        }

        return [.. edits.Select(edit => edit.Need.Name)];
    }

    private static VersionNeed? Find(List<VersionNeed> needs, string library, string name) =>
        needs.Find(need => need.Library == library && need.Name == name);
}
