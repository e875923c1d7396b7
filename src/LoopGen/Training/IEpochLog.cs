namespace LoopGen;

/// <summary>
/// The figures of one epoch. Every model has a record of its own that implements it, with a member per figure.
/// </summary>
public interface IEpochLog
{
    /// <summary>The epoch, from 1.</summary>
    int Epoch { get; }

    /// <summary>
    /// Names in snake_case and values, first the loss, then the metrics in the order of their attributes, then the same
    /// with <c>val_</c>. A value is null where it was not measured: <c>val_...</c> without validation data.
    /// </summary>
    IReadOnlyList<(string Name, double? Value)> Figures { get; }
}
