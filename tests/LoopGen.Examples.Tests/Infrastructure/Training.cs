namespace LoopGen.Examples.Tests;

/// <summary>What a call of <c>Fit</c> returned, whichever model's.</summary>
/// <param name="Logs">The completed epochs.</param>
/// <param name="StopReason">Why it stopped early, or null.</param>
public sealed record Training(IReadOnlyList<IEpochLog> Logs, string? StopReason)
{
    public static Training Of<TLog>(History<TLog> history)
        where TLog : class, IEpochLog =>
        new(history, history.StopReason);

    /// <summary>One figure of all epochs.</summary>
    public double?[] All(string name) =>
        [.. Logs.Select(log => log.Figures.Single(figure => figure.Name == name).Value)];

    /// <summary>All figures of all epochs.</summary>
    public double?[] AllFigures() => [.. Logs.SelectMany(log => log.Figures.Select(figure => figure.Value))];
}
