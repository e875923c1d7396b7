using System.Runtime.InteropServices;

namespace LoopGen.Tests;

/// <summary>
/// Keeps what libtorch writes to standard error out of the output of passing tests: it has warnings there, some with its own
/// stack, which no setting of TorchSharp turns off.
/// </summary>
internal static class NativeErrors
{
    private const int StandardError = 2;

    /// <summary>Runs something, and gives back what was written meanwhile; null on Windows, where it is not kept out.</summary>
    public static string? During(Action action)
    {
        if (OperatingSystem.IsWindows())
        {
            action();
            return null;
        }

        var path = Path.GetTempFileName();
        try
        {
            using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write))
            {
                var before = Duplicate(StandardError);
                if (before < 0)
                {
                    throw new IOException("The standard error cannot be duplicated.");
                }

                try
                {
                    if (Duplicate((int)file.DangerousGetHandle(), StandardError) != StandardError)
                    {
                        throw new IOException("The standard error cannot be redirected.");
                    }

                    action();
                }
                finally
                {
                    _ = Duplicate(before, StandardError);
                    _ = Close(before);
                }
            }

            return File.ReadAllText(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Makes something, without what is written meanwhile.</summary>
    public static T Without<T>(Func<T> make)
    {
        T made = default!;
        During(() => made = make());
        return made;
    }

    [DllImport("libc", EntryPoint = "dup")]
    private static extern int Duplicate(int descriptor);

    [DllImport("libc", EntryPoint = "dup2")]
    private static extern int Duplicate(int descriptor, int to);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
