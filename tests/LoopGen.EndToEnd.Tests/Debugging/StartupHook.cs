using System.Diagnostics;
using LoopGen.EndToEnd.Tests.Debugging;

/// <summary>
/// What .NET runs in a program before its <c>Main</c>, if <c>DOTNET_STARTUP_HOOKS</c> names this assembly: the program waits
/// for a debugger, and nothing in it has to know. .NET looks for this name outside of any namespace.
/// </summary>
internal static class StartupHook
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Waits.</summary>
    public static void Initialize()
    {
        Console.WriteLine(Debuggee.Waiting);
        var clock = Stopwatch.StartNew();
        while (!Debugger.IsAttached)
        {
            if (clock.Elapsed > Limit)
            {
                Environment.Exit(2);
            }

            Thread.Sleep(20);
        }
    }
}
