namespace LoopGen;

/// <content>What happens in a run, in its order.</content>
public sealed partial class TrainingRun
{
    /// <summary>Begins an epoch, or goes on with one.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="position">Batches of the epoch that were used before it was interrupted; by default none.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="epoch"/> is less than 1, or <paramref name="position"/> is negative.
    /// </exception>
    public void BeginEpoch(int epoch, long position = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        Epoch = epoch;
        if (!hasBegun)
        {
            hasBegun = true;
            foreach (var callback in callbacks)
            {
                callback.OnTrainBegin(this);
            }
        }

        progress.BeginEpoch(epoch, position);
        foreach (var callback in callbacks)
        {
            callback.OnEpochBegin(this, epoch);
        }
    }

    /// <summary>
    /// Ends a batch. The figures are computed, which waits for the device, only if somebody wants to see them and the
    /// last time was a tenth of a second ago; those that are not <see cref="IFigure.IsCheap"/> are left out.
    /// </summary>
    /// <param name="figures">The figures of the running epoch.</param>
    /// <exception cref="ArgumentNullException"><paramref name="figures"/> is null.</exception>
    public void EndBatch(params IFigure[] figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        progress.CountBatch();
        if (!hasEndedBatch)
        {
            hasEndedBatch = true;
            layerInputs.ForgetTypes();
            ReportOverriddenModes();
        }

        foreach (var callback in callbacks)
        {
            callback.OnBatchEnd(this, progress.Batch);
        }

        progress.ShowFigures(this, figures);
    }

    /// <summary>Ends an epoch that was completed: prints its figures and tells the callbacks.</summary>
    /// <param name="log">Its figures.</param>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> is null.</exception>
    public void EndEpoch(IEpochLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        progress.EndEpoch(log);
        foreach (var callback in callbacks)
        {
            callback.OnEpochEnd(this, log);
        }
    }

    /// <summary>
    /// Ends the run well: from here on the model's modes stay as they are, and the history knows why training stopped
    /// early, if it did.
    /// </summary>
    /// <typeparam name="TLog">The model's record of an epoch.</typeparam>
    /// <param name="history">The figures of all epochs.</param>
    /// <returns>The same history.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="history"/> is null.</exception>
    public History<TLog> End<TLog>(History<TLog> history)
        where TLog : IEpochLog
    {
        ArgumentNullException.ThrowIfNull(history);

        // A wish to stop that came when all was done stopped nothing.
        var reason = history.Count < Epochs ? StopReason : null;
        history.StopReason = reason;
        if (reason is not null)
        {
            progress.Stopped(reason);
        }

        if (hasBegun)
        {
            foreach (var callback in callbacks)
            {
                callback.OnTrainEnd(this);
            }
        }

        hasEnded = true;
        StopWatching();
        return history;
    }
}
