namespace LoopGen;

/// <summary>Something that is counted while batches pass and reported as one number under a name.</summary>
public interface IFigure
{
    /// <summary>The name it is reported under, in snake_case: <c>loss</c>, <c>mean_squared_error</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Whether <see cref="Compute"/> merely reads totals (true, the default), or has work to do that grows with what was
    /// counted, such as sorting it. A figure that is not cheap is computed at the end of an epoch, but left out of
    /// what a progress bar and <see cref="Callback.OnFigures"/> see several times a second.
    /// </summary>
    bool IsCheap => true;

    /// <summary>
    /// The figure over everything that was counted since the last reset. This reads the device and so waits until it
    /// has done all the work that was queued: call it once in a while, not for every batch.
    /// </summary>
    /// <returns>The figure; NaN when nothing was counted.</returns>
    double Compute();
}
