namespace LoopGen;

/// <summary>
/// Batches that can begin in any epoch, at any batch, so that a training that was interrupted goes on with what it would
/// have read next. Their state is what the order of an epoch depends on, such as a seed.
/// </summary>
/// <typeparam name="TBatch">A tensor, a tuple of tensors, or anything else that holds some.</typeparam>
public interface IResumableBatches<out TBatch> : IEnumerable<TBatch>, IStateful
{
    /// <summary>The rest of an epoch.</summary>
    /// <param name="epoch">The epoch of the training, from 1. Its order must be the same whenever it is asked for.</param>
    /// <param name="position">How many batches of it are left out, from 0.</param>
    /// <returns>The batches behind them: none where all are left out.</returns>
    IEnumerable<TBatch> StartAt(int epoch, long position);
}
