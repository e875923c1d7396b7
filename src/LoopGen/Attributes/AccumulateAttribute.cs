namespace LoopGen;

/// <summary>
/// Updates the weights once for every window of batches: the gradients of the window are those of one batch with all its
/// targets, in the memory of one of its batches.
/// </summary>
/// <remarks>
/// The sums over the window are divided by the number of targets that entered them, so that short last batches, short last
/// windows and ignored targets count as they would in one batch. Batch normalization still sees one batch at a time.
/// </remarks>
/// <example><code>[Accumulate(Steps = 4)]</code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AccumulateAttribute : Attribute
{
    /// <summary>Batches in a window, at least 2; the last window of an epoch may have fewer.</summary>
    public int Steps { get; set; }
}
