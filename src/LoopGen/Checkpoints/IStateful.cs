namespace LoopGen;

/// <summary>
/// Something whose state is part of a checkpoint, so that a training that was interrupted goes on as if it had not been:
/// PyTorch's
/// <see href="https://pytorch.org/docs/stable/distributed.checkpoint.html#torch.distributed.checkpoint.stateful.Stateful">Stateful</see>.
/// </summary>
public interface IStateful
{
    /// <summary>Writes the state.</summary>
    /// <param name="state">Takes numbers, texts and tensors under names. Tensors are read when all is written, before anything changes.</param>
    void SaveState(StateWriter state);

    /// <summary>
    /// Reads what <see cref="SaveState"/> wrote. Nothing may change here: what does is queued with
    /// <see cref="StateReader.Fill"/> and <see cref="StateReader.OnSuccess"/>, and is done when all of the checkpoint is known
    /// to fit.
    /// </summary>
    /// <param name="state">The state. What does not fit is noted there, and need not be thrown.</param>
    void LoadState(StateReader state);
}
