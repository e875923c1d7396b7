using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace LoopGen.Build;

/// <summary>
/// MSBuild task: puts a copy of TorchSharp's native library that loads on older Linux in the place of the one in the
/// NuGet cache, which is never touched. See <see cref="ElfVersionRelaxer"/> for what the copy differs in.
/// </summary>
public sealed class RelaxElfVersions : Microsoft.Build.Utilities.Task
{
    // MSBuild takes a file of the same size and time for the same file. Without a difference, an output folder that holds
    // the original would keep it. Two seconds are the coarsest step of any file system in use.
    private static readonly TimeSpan TimeDifference = TimeSpan.FromSeconds(2);

    /// <summary>The native files of the packages; all but <c>libLibTorchSharp.so</c> are left alone.</summary>
    [Required]
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>The folder for the copies, under <c>obj</c>; each goes into a folder named for its platform.</summary>
    [Required]
    public string OutputDirectory { get; set; } = "";

    /// <summary>The items of <see cref="Sources"/> that there is a copy of.</summary>
    [Output]
    public ITaskItem[] Replaced { get; set; } = [];

    /// <summary>The copies, with all metadata of the items that they stand in for, in the order of <see cref="Replaced"/>.</summary>
    [Output]
    public ITaskItem[] Replacements { get; set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        var replaced = new List<ITaskItem>();
        var replacements = new List<ITaskItem>();
        foreach (var source in this.Sources.Where(source => Path.GetFileName(source.ItemSpec) == ElfVersionRelaxer.FileName))
        {
            try
            {
                if (this.Relax(source.ItemSpec) is { } copy)
                {
                    var replacement = new TaskItem(copy);
                    source.CopyMetadataTo(replacement);
                    replaced.Add(source);
                    replacements.Add(replacement);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                this.Log.LogError(
                    "LoopGen could not copy '{0}' to '{1}': {2} Set the property LoopGenRelaxTorchSharpNative to false to use TorchSharp's own file.",
                    source.ItemSpec, this.OutputDirectory, exception.Message);
            }
        }

        this.Replaced = [.. replaced];
        this.Replacements = [.. replacements];
        return !this.Log.HasLoggedErrors;
    }

    /// <summary>The full path of the relaxed copy, or null if the file is fine as it is.</summary>
    private string? Relax(string source)
    {
        var bytes = File.ReadAllBytes(source);
        var versions = ElfVersionRelaxer.Relax(bytes);
        if (versions.Count == 0)
        {
            return null;
        }

        var platform = PlatformOf(source);
        var copy = Path.GetFullPath(Path.Combine(this.OutputDirectory, platform, ElfVersionRelaxer.FileName));
        var time = File.GetLastWriteTimeUtc(source) + TimeDifference;
        if (!File.Exists(copy) || File.GetLastWriteTimeUtc(copy) != time || !File.ReadAllBytes(copy).SequenceEqual(bytes))
        {
            Write(copy, bytes, time);
            this.Log.LogMessage(
                MessageImportance.High,
                "LoopGen: TorchSharp's {0} ({1}) goes into the output as a copy that does without {2}, so that it loads on Debian 12, Ubuntu 22.04 and RHEL 9 too. LoopGenRelaxTorchSharpNative=false switches this off.",
                ElfVersionRelaxer.FileName, platform, string.Join(" and ", versions));
        }

        return copy;
    }

    /// <summary>The platform of a file in a package: NuGet's layout is <c>runtimes/linux-x64/native/FILE</c>.</summary>
    private static string PlatformOf(string source)
    {
        var platform = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(source))));
        return string.IsNullOrEmpty(platform) ? "any" : platform!;
    }

    /// <summary>Writes a file so that it is there as a whole or not at all, whatever interrupts or runs beside this.</summary>
    private static void Write(string path, byte[] bytes, DateTime time)
    {
        var directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory);
        var temporary = Path.Combine(directory, Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(temporary, bytes);
            File.SetLastWriteTimeUtc(temporary, time);

            // An old copy may be hard-linked into output folders: it is removed, never overwritten.
            File.Delete(path);
            File.Move(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
