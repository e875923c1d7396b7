namespace LoopGen;

/// <summary>
/// An observer of <c>Fit</c>: override what is of interest. Keras's
/// <see href="https://keras.io/api/callbacks/base_callback/">Callback</see>.
/// </summary>
/// <remarks>
/// Everything is called on the thread that trains, in the order of the list. An exception leaves <c>Fit</c> as it is.
/// To end the training use <see cref="TrainingRun.Stop"/>. Tensors that a callback makes and keeps must be detached
/// from dispose scopes.
/// </remarks>
public abstract class Callback
{
    /// <summary>
    /// The first epoch is about to begin: the model is on its device. Not called for a run that is stopped before it.
    /// </summary>
    /// <param name="run">The run.</param>
    public virtual void OnTrainBegin(TrainingRun run)
    {
    }

    /// <summary>An epoch begins.</summary>
    /// <param name="run">The run.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    public virtual void OnEpochBegin(TrainingRun run, int epoch)
    {
    }

    /// <summary>
    /// A batch was used: the weights were updated with it, or with <c>[Accumulate]</c> its gradients were added to those of its
    /// window, whose update follows the last of them. Called for every batch: it should be quick.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="batch">The batch, from 1 in every epoch.</param>
    public virtual void OnBatchEnd(TrainingRun run, long batch)
    {
    }

    /// <summary>
    /// The figures of the running epoch were read. At most ten times a second, after a batch, since reading them waits
    /// for the device; they are read only if a progress bar or an override of this method wants them. Figures that take
    /// long to compute (<see cref="IFigure.IsCheap"/>) are not among them.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="figures">Names and values over the batches of this epoch so far.</param>
    public virtual void OnFigures(TrainingRun run, IReadOnlyList<(string Name, double Value)> figures)
    {
    }

    /// <summary>An epoch was completed and validated. Not called for one that was stopped half-way.</summary>
    /// <param name="run">The run.</param>
    /// <param name="log">Its figures: the model's own record of them.</param>
    public virtual void OnEpochEnd(TrainingRun run, IEpochLog log)
    {
    }

    /// <summary>
    /// The training ended: every epoch was made, or it was stopped (see <see cref="TrainingRun.StopReason"/>). Not
    /// called when an exception ends it, nor without <see cref="OnTrainBegin"/> before.
    /// </summary>
    /// <param name="run">The run.</param>
    public virtual void OnTrainEnd(TrainingRun run)
    {
    }
}
