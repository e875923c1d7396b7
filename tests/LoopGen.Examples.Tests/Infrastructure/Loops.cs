namespace LoopGen.Examples.Tests;

/// <summary>The two loops that every test of the small example runs on.</summary>
internal static class Loops
{
    public static IDigitLoop HandWritten() => new HandWrittenLoop();

    public static IDigitLoop Emitted() => new EmittedLoop();
}
