namespace LoopGen;

/// <summary>What a run needs of the world around it; tests put a clock and a console of their own in its place.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Output">Where progress is printed.</param>
/// <param name="IsOutputRedirected">Whether the output goes elsewhere than to a terminal.</param>
/// <param name="Width">The columns of the terminal, or null if they are not known.</param>
internal sealed record RunEnvironment(
    TimeProvider Time, TextWriter Output, bool IsOutputRedirected, Func<int?> Width)
{
    /// <summary>The system's clock and the console as it is now.</summary>
    public static RunEnvironment Current =>
        new(TimeProvider.System, Console.Out, Console.IsOutputRedirected, ConsoleWidth);

    private static int? ConsoleWidth()
    {
        // There may be no console to ask: a service, a pipe, a test host.
        try
        {
            return Console.IsOutputRedirected || Console.WindowWidth <= 0 ? null : Console.WindowWidth;
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
        {
            return null;
        }
    }
}
