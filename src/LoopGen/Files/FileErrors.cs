namespace LoopGen;

/// <summary>Failures of the file system in words that name the file, what is wrong and what helps.</summary>
internal static class FileErrors
{
    /// <summary>What an <see cref="IOException"/> has that tells only in its message what happened (COR_E_IO).</summary>
    public const int NoCode = unchecked((int)0x80131620);

    /// <summary>ENOSPC: no room is left.</summary>
    public const int DiskFullCode = 28;

    /// <summary>The same, EDQUOT, and Windows's ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.</summary>
    private static readonly int[] DiskFullCodes = [DiskFullCode, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Whether an exception is one of the two kinds with which the file system answers.</summary>
    public static bool IsFrom(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>What to throw where a file could not be written.</summary>
    public static Exception Writing(string path, Exception cause) => Describe(
        cause,
        $"'{path}' could not be written: {Reason(cause, "written")} A file that was there before is unharmed.");

    /// <summary>What to throw where a folder could not be made.</summary>
    public static Exception Making(string path, Exception cause) => Describe(
        cause,
        $"The folder '{path}' could not be made: "
        + (cause is DirectoryNotFoundException ? "something above it is no folder, or does not exist." : Reason(cause, "made")));

    /// <summary>What to throw where a file could not be read.</summary>
    public static Exception Reading(string path, Exception cause) => Describe(
        cause,
        $"'{path}' could not be read: {Reason(cause, "read")}");

    private static string Reason(Exception cause, string done) => cause switch
    {
        FileNotFoundException => "there is no such file.",
        DirectoryNotFoundException => "its folder does not exist; create it first, or check the path.",
        PathTooLongException => "its path is too long.",
        UnauthorizedAccessException =>
            $"it may not be {done}; check the permissions of the file and of its folder.",
        _ when DiskFullCodes.Contains(cause.HResult) =>
            "the disk has no room for it; make room, or choose another disk.",
        _ => cause.Message.EndsWith('.') ? cause.Message : cause.Message + ".",
    };

    /// <summary>The message in an exception of the kind that came.</summary>
    private static Exception Describe(Exception cause, string message) => cause switch
    {
        FileNotFoundException missing => new FileNotFoundException(message, missing.FileName, cause),
        DirectoryNotFoundException => new DirectoryNotFoundException(message, cause),
        UnauthorizedAccessException => new UnauthorizedAccessException(message, cause),
        _ => new IOException(message, cause),
    };
}
