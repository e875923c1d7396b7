namespace LoopGen;

/// <summary>
/// The exception that a thread threw last, where it says that a tensor was freed: a <c>Dispose</c> that runs because of it
/// cannot see it otherwise.
/// </summary>
internal static class ThrownLast
{
    [ThreadStatic]
    private static Exception? last;

    static ThrownLast() =>
        AppDomain.CurrentDomain.FirstChanceException += static (_, thrown) =>
            last = FreedTensors.IsCause(thrown.Exception) ? thrown.Exception : null;

    /// <summary>That exception, since <see cref="Forget"/>; null where the last one was another.</summary>
    public static Exception? OfThisThread => last;

    /// <summary>Forgets what was thrown before, and begins to watch.</summary>
    public static void Forget() => last = null;
}
