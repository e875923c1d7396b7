using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LoopGen;

/// <summary>
/// Makes the names in a folder last: on Linux and macOS a renamed file may have its old name again after a power
/// failure, until its folder was flushed. Windows needs nothing of the kind.
/// </summary>
internal static class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a folder. A file system that cannot leaves the files in it whole all the same.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnly);
        if (descriptor >= 0)
        {
            using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
            FileFlush.Synchronize(handle);
        }
    }

    // .NET opens no folders.
    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
