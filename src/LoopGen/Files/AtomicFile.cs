using System.Security.Cryptography;

namespace LoopGen;

/// <summary>
/// Writes files so that under their name there is always a whole one: the one before, or the new one. A process that
/// is killed while it writes, a full disk or a power failure leave the one before as it is.
/// </summary>
internal static class AtomicFile
{
    /// <summary>What is added to the name of a file for the one before it.</summary>
    public const string PreviousSuffix = ".previous";

    /// <summary>The end of the name under which a file is written: name, dot, 16 hexadecimal digits, this.</summary>
    public const string PartialSuffix = ".partial";

    private const int PartialDigits = 16;

    /// <summary>Between closing a file and giving it its name a saver that lives needs less than this.</summary>
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromMinutes(1);

    /// <summary>Writes a file aside, flushes it to the disk and gives it its name.</summary>
    /// <param name="path">The file. Of a symbolic link, what it points to is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="length">How long the file will be, so that a full disk is noticed before the work; 0: not known.</param>
    /// <param name="keepPrevious">Whether the file that is there is kept under its name and <see cref="PreviousSuffix"/>.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it and says why.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of permission.</exception>
    public static void Replace(string path, Action<FileStream> write, long length = 0, bool keepPrevious = false)
    {
        var partial = string.Empty;
        try
        {
            var target = Target(path);
            RemoveLeftovers(target);
            partial = $"{target}.{RandomDigits()}{PartialSuffix}";
            using (var stream = Create(partial, length))
            {
                write(stream);
                FileFlush.Flush(stream);
            }

            Publish(partial, target, keepPrevious);
            FolderFlush.Flush(Path.GetDirectoryName(target)!);
        }
        catch (Exception exception)
        {
            TryDelete(partial);
            if (FileErrors.IsFrom(exception))
            {
                throw FileErrors.Writing(path, exception);
            }

            throw;
        }
    }

    /// <summary>Removes what processes that were killed left of the files of a kind in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="extension">What the names of the files end with.</param>
    /// <param name="isOwn">Whether only the caller writes the file of a name: nothing of it is in use, however young.</param>
    public static void RemoveLeftovers(string folder, string extension, Func<string, bool> isOwn)
    {
        foreach (var file in Directory.EnumerateFiles(folder, $"*{extension}.*{PartialSuffix}"))
        {
            var name = Path.GetFileName(file);
            var target = name[..name.LastIndexOf('.', name.Length - PartialSuffix.Length - 1)];
            if (target.EndsWith(extension, StringComparison.Ordinal) && IsPartial(name, target) && (isOwn(target) || !IsInUse(file)))
            {
                TryDelete(file);
            }
        }
    }

    private static string Target(string path)
    {
        var target = Path.GetFullPath(path);
        if (Directory.Exists(target))
        {
            throw new IOException("it is a folder; add the name of a file.");
        }

        return new FileInfo(target).LinkTarget is null
            ? target
            : File.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;
    }

    private static FileStream Create(string partial, long length)
    {
        try
        {
            return new FileStream(partial, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,

                // Tells other savers that the file is no leftover.
                Share = FileShare.None,
                BufferSize = 1 << 16,
                PreallocationSize = length,
            });
        }
        catch (IOException exception) when (length > 0 && exception.HResult == FileErrors.NoCode)
        {
            // Room for the whole file could not be had; .NET says so in the message alone.
            throw new IOException(exception.Message, FileErrors.DiskFullCode);
        }
    }

    private static void Publish(string partial, string target, bool keepPrevious)
    {
        if (!File.Exists(target))
        {
            File.Move(partial, target, overwrite: true);
            return;
        }

        if (!OperatingSystem.IsWindows())
        {
            // Who kept the file from others means its successor too.
            File.SetUnixFileMode(partial, File.GetUnixFileMode(target));
        }

        if (keepPrevious)
        {
            // The old file gets its second name first and loses its first one last, when the new file takes it.
            File.Replace(partial, target, target + PreviousSuffix, ignoreMetadataErrors: true);
        }
        else
        {
            File.Move(partial, target, overwrite: true);
        }
    }

    /// <summary>Removes what a process that was killed left of this file. Nothing of it is needed.</summary>
    private static void RemoveLeftovers(string target)
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, "*" + PartialSuffix))
        {
            if (IsPartial(Path.GetFileName(file), Path.GetFileName(target)) && !IsInUse(file))
            {
                TryDelete(file);
            }
        }
    }

    private static bool IsPartial(string name, string of) =>
        name.Length == of.Length + 1 + PartialDigits + PartialSuffix.Length
        && name.StartsWith(of + ".", StringComparison.Ordinal)
        && name.AsSpan(of.Length + 1, PartialDigits).IndexOfAnyExcept("0123456789abcdef") < 0;

    /// <summary>Whether it may be that of a saver that lives: it was written just now, or somebody has it open.</summary>
    private static bool IsInUse(string file)
    {
        try
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(file) < LeftoverAge)
            {
                return true;
            }

            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception exception) when (FileErrors.IsFrom(exception))
        {
            return true;
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            if (file.Length > 0)
            {
                File.Delete(file);
            }
        }
        catch (Exception exception) when (FileErrors.IsFrom(exception))
        {
            // A leftover costs room, and the next save tries again.
        }
    }

    private static string RandomDigits() =>
        Convert.ToHexString(RandomNumberGenerator.GetBytes(PartialDigits / 2)).ToLowerInvariant();
}
