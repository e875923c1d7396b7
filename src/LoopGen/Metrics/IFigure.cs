namespace LoopGen;

/// <summary>Something that is counted while batches pass and reported as one number under a name.</summary>
public interface IFigure
{
    /// <summary>The name it is reported under, in snake_case: <c>loss</c>, <c>mean_squared_error</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The figure over everything that was counted since the last reset. This reads the device and so waits until it
    /// has done all the work that was queued: call it once in a while, not for every batch.
    /// </summary>
    /// <returns>The figure; NaN when nothing was counted.</returns>
    double Compute();
}
