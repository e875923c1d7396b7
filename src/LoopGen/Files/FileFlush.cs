using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LoopGen;

/// <summary>
/// Brings what was written to the disk, and says so when that fails. <see cref="FileStream.Flush(bool)"/> takes an error of the
/// disk for success on Linux and macOS: the file would be believed, and older ones removed.
/// </summary>
internal static class FileFlush
{
    private const int Interrupted = 4;

    // What a file system answers that has nothing to flush: EINVAL, EROFS, and ENOTSUP of Linux and macOS.
    private static readonly int[] NothingToFlush = [22, 30, 95, 45];

    /// <summary>An error that the next flushes of this thread end with, for tests: no test can break a disk.</summary>
    [ThreadStatic]
    internal static int? FailsWith;

    /// <summary>Flushes a file.</summary>
    /// <param name="stream">The file.</param>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public static void Flush(FileStream stream)
    {
        stream.Flush(flushToDisk: OperatingSystem.IsWindows());
        if (!OperatingSystem.IsWindows())
        {
            Synchronize(stream.SafeFileHandle);
        }
    }

    /// <summary>Flushes an open file or folder of Linux or macOS.</summary>
    /// <param name="handle">What is open.</param>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public static void Synchronize(SafeFileHandle handle)
    {
        int error;
        do
        {
            error = FailsWith ?? (SynchronizeNative(handle) == 0 ? 0 : Marshal.GetLastPInvokeError());
        }
        while (error == Interrupted);

        if (error != 0 && Array.IndexOf(NothingToFlush, error) < 0)
        {
            throw new IOException(
                $"the disk did not take what was written ({Marshal.GetPInvokeErrorMessage(error)}, errno {error}).", error);
        }
    }

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int SynchronizeNative(SafeFileHandle handle);
}
