namespace LoopGen.Tests;

/// <summary>A log as a model would have it.</summary>
internal sealed record TestLog(int Epoch, params (string Name, double? Value)[] Values) : IEpochLog
{
    public IReadOnlyList<(string Name, double? Value)> Figures => Values;
}
