using System.Globalization;

namespace LoopGen;

/// <summary>The files of a folder of checkpoints, and the lock that keeps it for one training at a time.</summary>
internal sealed class CheckpointFolder : IDisposable
{
    public const string Extension = ".safetensors";

    /// <summary>What tells the best weights of a training from files of others: the name of the figure stands under it.</summary>
    public const string BestMark = "monitor";

    private const string Last = "last-";
    private const string Failed = "failed-";
    private const string Earlier = "earlier";
    private const string LockName = ".lock";
    private const string StepFormat = "000000000";
    private readonly FileStream lockFile;

    private CheckpointFolder(string path, FileStream lockFile)
    {
        Path = path;
        this.lockFile = lockFile;
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>The checkpoints from which a training goes on exactly, the newest first.</summary>
    public static IReadOnlyList<(string Path, long Step)> Checkpoints(string folder) => Files(folder, Last);

    /// <summary>Those that were saved after an exception, the newest first.</summary>
    public static IReadOnlyList<(string Path, long Step)> AfterExceptions(string folder) => Files(folder, Failed);

    /// <summary>Makes the folder if there is none, takes it, and removes what a process that was killed left half-written.</summary>
    /// <exception cref="IOException">Another training has it, or it cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made or written to.</exception>
    public static CheckpointFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception exception) when (FileErrors.IsFrom(exception))
        {
            throw FileErrors.Making(full, exception);
        }

        var folder = new CheckpointFolder(full, Lock(full));
        try
        {
            AtomicFile.RemoveLeftovers(full, Extension, isOwn: name => StepOf(name) is not null);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Whether the best weights can have that name: a file in the folder, and none of a checkpoint.</summary>
    public static bool CanBeBest(string name) =>
        name.Length > 0 && !name.StartsWith('.') && name.AsSpan().IndexOfAny("/\\:\0") < 0 && StepOf(name + Extension) is null;

    /// <summary>Where the state after a number of steps is saved.</summary>
    public string PathOf(long step, bool isFailed) => System.IO.Path.Combine(
        Path, (isFailed ? Failed : Last) + Digits(step) + Extension);

    /// <summary>Where weights are saved under a name that was made of figures.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name + Extension);

    /// <summary>Removes weights that better ones displaced. What a training has not written as its best is somebody else's.</summary>
    public void DeleteBest(string name)
    {
        var path = PathOf(name);
        if (IsBest(path))
        {
            File.Delete(path);
        }
    }

    /// <summary>Removes the oldest checkpoints, and all but the last that was saved after an exception.</summary>
    public void Keep(int count)
    {
        foreach (var (path, _) in Checkpoints(Path).Skip(count).Concat(AfterExceptions(Path).Skip(1)))
        {
            File.Delete(path);
        }
    }

    /// <summary>Puts a damaged file out of the way, under a name that is none of a checkpoint.</summary>
    public void SetAside(string path)
    {
        if (System.IO.Path.GetDirectoryName(path) == Path)
        {
            File.Move(path, path + ".damaged", overwrite: true);
        }
    }

    /// <summary>Moves what was made after some steps, or all that an earlier training left, into a folder of its own.</summary>
    /// <param name="after">How many steps; null for all checkpoints and weights.</param>
    /// <param name="except">A file that stays where it is.</param>
    public void MoveAside(long? after, string? except = null)
    {
        var files = Both(Path).Where(file => after is null || file.Step > after).Select(file => file.Path);
        var moved = (after is null ? files.Concat(Best(Path)) : files).ToList();
        if (moved.Count == 0)
        {
            return;
        }

        // A folder for each training that was set aside: nothing of it is deleted but by the user.
        var earlier = Directory.CreateDirectory(FreeFolder(moved)).FullName;
        var kept = except is null ? null : System.IO.Path.GetFullPath(except);
        moved.Where(path => path != kept).ToList().ForEach(path => File.Move(path, System.IO.Path.Combine(earlier, System.IO.Path.GetFileName(path))));
    }

    /// <summary>Lets others have the folder.</summary>
    public void Dispose() => lockFile.Dispose();

    private static IEnumerable<(string Path, long Step)> Both(string folder) => Checkpoints(folder).Concat(AfterExceptions(folder));

    private static IReadOnlyList<(string Path, long Step)> Files(string folder, string prefix) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, $"{prefix}*{Extension}")
                .Select(path => (Path: path, Step: StepOf(System.IO.Path.GetFileName(path))))
                .Where(file => file.Step is not null)
                .Select(file => (file.Path, file.Step!.Value))
                .OrderByDescending(file => file.Value)]
            : [];

    private static IEnumerable<string> Best(string folder) => Directory.EnumerateFiles(folder, "*" + Extension).Where(IsBest);

    /// <summary>Whether a training wrote a file as its best weights; others are somebody else's.</summary>
    private static bool IsBest(string path)
    {
        try
        {
            using var file = SafetensorsFile.Open(path);
            return file.Metadata.ContainsKey(BestMark);
        }
        catch (Exception exception) when (exception is InvalidDataException || FileErrors.IsFrom(exception))
        {
            return false;
        }
    }

    /// <summary><c>earlier</c>, <c>earlier-2</c> and so on: the first that has nothing of a training, nor a file of those names.</summary>
    private string FreeFolder(IReadOnlyList<string> moved)
    {
        for (var number = 1; ; number++)
        {
            var folder = System.IO.Path.Combine(Path, number == 1 ? Earlier : FormattableString.Invariant($"{Earlier}-{number}"));
            if (!Directory.Exists(folder)
                || (!Both(folder).Any() && !Best(folder).Any() && !moved.Any(path => File.Exists(System.IO.Path.Combine(folder, System.IO.Path.GetFileName(path))))))
            {
                return folder;
            }
        }
    }

    private static string Digits(long step) => step.ToString(StepFormat, CultureInfo.InvariantCulture);

    private static long? StepOf(string name)
    {
        var prefix = name.StartsWith(Last, StringComparison.Ordinal) ? Last : name.StartsWith(Failed, StringComparison.Ordinal) ? Failed : null;
        if (prefix is null)
        {
            return null;
        }

        // Written as here: a file with fewer digits is somebody else's.
        var digits = name[prefix.Length..^Extension.Length];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var step) && digits == Digits(step) ? step : null;
    }

    private static FileStream Lock(string folder)
    {
        var path = System.IO.Path.Combine(folder, LockName);
        try
        {
            // The system frees it when the process ends, however it ends.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new IOException(
                $"'{folder}' is in use by another training, which holds '{path}'. Give each training a folder of its own.", exception);
        }
        catch (Exception exception) when (FileErrors.IsFrom(exception))
        {
            throw FileErrors.Writing(path, exception);
        }
    }
}
