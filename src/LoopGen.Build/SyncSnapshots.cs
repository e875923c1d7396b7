using System.Text;
using Microsoft.Build.Framework;

namespace LoopGen.Build;

/// <summary>
/// MSBuild task: holds the files that LoopGen emitted against copies under version control, and fails or brings the copies
/// up to date. Line ends and byte order marks, which a checkout may change, make no difference.
/// </summary>
public sealed class SyncSnapshots : Microsoft.Build.Utilities.Task
{
    private const string Pattern = "*.g.cs";

    // Of one file. The whole of it is one command away.
    private const int MostDiffLines = 40;

    /// <summary>Where the compiler wrote the emitted files. It makes no folder where there is nothing to write.</summary>
    [Required]
    public string EmittedDirectory { get; set; } = "";

    /// <summary>The folder of the snapshots: every file in it that ends in <c>.g.cs</c> is one.</summary>
    [Required]
    public string SnapshotDirectory { get; set; } = "";

    /// <summary><c>Off</c>, <c>Update</c> or <c>Verify</c>.</summary>
    [Required]
    public string Mode { get; set; } = "";

    /// <summary>The project file.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>Whether the compiler was asked to write emitted files at all.</summary>
    public bool IsEmitting { get; set; } = true;

    private string Command => $"dotnet build {Path.GetFileName(this.Project)} -p:LoopGenSnapshots=Update";

    /// <inheritdoc/>
    public override bool Execute()
    {
        // Enum.TryParse alone would take numbers and lists, too.
        var isKnown = Enum.GetNames(typeof(SnapshotMode)).Contains(this.Mode, StringComparer.OrdinalIgnoreCase);
        if (!Enum.TryParse<SnapshotMode>(this.Mode, ignoreCase: true, out var mode) || !isKnown)
        {
            this.Log.Fail(
                BuildDiagnostics.SnapshotSettings, this.Project, 0,
                "LoopGenSnapshots is '{0}': set it to Update, Verify or Off, or leave it out, which means Verify in continuous integration and Update elsewhere.",
                this.Mode);
        }
        else if (mode != SnapshotMode.Off && !this.IsEmitting)
        {
            this.Log.Fail(
                BuildDiagnostics.SnapshotSettings, this.Project, 0,
                "Snapshots are taken of the files that the compiler writes, and EmitCompilerGeneratedFiles is set to false for this build: remove that, or set LoopGenSnapshots to Off.");
        }
        else if (mode != SnapshotMode.Off)
        {
            try
            {
                this.Sync(mode);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                this.Log.LogError("LoopGen could not read or write the snapshots in '{0}': {1}", this.SnapshotDirectory, exception.Message);
            }
        }

        return !this.Log.HasLoggedErrors;
    }

    private void Sync(SnapshotMode mode)
    {
        var emitted = Read(this.EmittedDirectory);
        var snapshots = Read(this.SnapshotDirectory);
        string[] stale = [.. snapshots.Keys.Except(emitted.Keys)];
        string[] added = [.. emitted.Keys.Except(snapshots.Keys)];
        string[] changed = [.. emitted.Keys.Intersect(snapshots.Keys).Where(name => emitted[name] != snapshots[name])];
        if (mode == SnapshotMode.Update)
        {
            this.Update(emitted, [.. added, .. changed], stale);
        }
        else
        {
            foreach (var name in changed)
            {
                this.Show(name, snapshots[name], emitted[name]);
            }

            this.Tell("LoopGen writes files that have no snapshot in '{0}': {1}. To accept them, run '{2}' and commit the folder.", added);
            this.Tell(
                "There are snapshots in '{0}' of files that LoopGen no longer writes, because their model was renamed or removed or its loop taken over: {1}. To remove them, run '{2}' and commit the folder.",
                stale);
        }
    }

    private void Update(SortedDictionary<string, string> emitted, string[] written, string[] removed)
    {
        // First, since a file system may take a name that differs in case for the same.
        foreach (var name in removed)
        {
            File.Delete(this.PathOf(name));
        }

        foreach (var name in written)
        {
            Directory.CreateDirectory(this.SnapshotDirectory);
            File.WriteAllText(this.PathOf(name), emitted[name], new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        this.Note("LoopGen: removed from '{0}': {1}", removed);
        this.Note("LoopGen: wrote to '{0}': {1}", written);
    }

    /// <summary>The difference, then the error: what is above an error is read with it.</summary>
    private void Show(string name, string snapshot, string emitted)
    {
        var diff = LineDiff.Between(snapshot, emitted);
        this.Log.LogMessage(MessageImportance.High, "{0}: the snapshot (-) and what LoopGen writes now (+)", name);
        foreach (var line in diff.Lines(MostDiffLines))
        {
            this.Log.LogMessage(MessageImportance.High, "{0}", "    " + line);
        }

        this.Log.Fail(
            BuildDiagnostics.SnapshotDiffers, Path.GetFullPath(this.PathOf(name)), diff.FirstLine,
            "What LoopGen writes differs from this snapshot, from this line on. To accept it, run '{0}' and commit the folder.",
            this.Command);
    }

    private void Tell(string message, string[] names)
    {
        if (names.Length > 0)
        {
            this.Log.Fail(
                BuildDiagnostics.SnapshotDiffers, this.Project, 0, message, this.SnapshotDirectory, string.Join(", ", names), this.Command);
        }
    }

    private void Note(string message, string[] names)
    {
        if (names.Length > 0)
        {
            this.Log.LogMessage(MessageImportance.High, message, this.SnapshotDirectory, string.Join(", ", names));
        }
    }

    private string PathOf(string name) => Path.Combine(this.SnapshotDirectory, name);

    /// <summary>The texts in a folder by file name, as every checkout has them.</summary>
    private static SortedDictionary<string, string> Read(string directory)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Directory.Exists(directory))
        {
            foreach (var path in Directory.GetFiles(directory, Pattern))
            {
                texts.Add(Path.GetFileName(path), File.ReadAllText(path).Replace("\r\n", "\n"));
            }
        }

        return texts;
    }
}
