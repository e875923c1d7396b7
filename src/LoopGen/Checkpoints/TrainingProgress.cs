using System.Diagnostics;

namespace LoopGen;

/// <summary>
/// Where a training is, and the seed of each of its steps. What is random in a step depends on the seed and the number of
/// the step alone, so nothing of it needs to be stored: a training that goes on at a step repeats what it would have drawn.
/// </summary>
public sealed class TrainingProgress : IStateful
{
    private readonly TrainingRun run;
    private readonly int? givenSeed;
    private long? replayedStep;
    /// <summary>More updates or batches than any training can make.</summary>
    private const long Most = 1L << 48;

    private long batchesRead;

    /// <summary>Begins with the first step of the first epoch.</summary>
    /// <param name="run">The run, which is stopped after a step that is repeated.</param>
    /// <param name="seed">
    /// What all randomness depends on; null draws a seed from torch's global generator, so that <c>torch.manual_seed</c>
    /// decides it.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="run"/> is null.</exception>
    public TrainingProgress(TrainingRun run, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        this.run = run;
        givenSeed = seed;
        Seed = seed ?? Randomness.Draw();
    }

    /// <summary>The seed that the randomness of all steps depends on.</summary>
    public long Seed { get; private set; }

    /// <summary>The epoch that is running or comes next, from 1.</summary>
    public int Epoch { get; private set; } = 1;

    /// <summary>Updates of the weights that were made: the number of the next step, from 0.</summary>
    public long Step { get; private set; }

    /// <summary>Batches of the running epoch that the updates have used; 0 between epochs.</summary>
    public long Position { get; private set; }

    /// <summary>Whether some batches of the running epoch were used.</summary>
    public bool IsMidEpoch => Position > 0;

    /// <summary>The seed of the next step, a function of <see cref="Seed"/> and <see cref="Step"/>.</summary>
    public long StepSeed => Randomness.Mix(Seed, Step);

    /// <summary>Tells that the weights were updated with all batches that were read.</summary>
    public void EndStep()
    {
        Step++;
        Position = batchesRead;
        ReplayIfNext();
    }

    /// <summary>Tells that an epoch is complete.</summary>
    public void EndEpoch()
    {
        Epoch++;
        Position = 0;
        batchesRead = 0;
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Write("seed", Seed);
        state.Write("epoch", Epoch);
        state.Write("step", Step);
        state.Write("position", Position);
    }

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var seed = state.ReadInt64("seed");
        var epoch = (int)state.ReadInt64("epoch", 1, int.MaxValue);
        var step = state.ReadInt64("step", 0, Most);
        var position = state.ReadInt64("position", 0, Most);
        if (givenSeed is { } given)
        {
            state.Check("seed", given);
        }

        state.OnSuccess(() => (Seed, Epoch, Step, Position, batchesRead) = (seed, epoch, step, position, position));
    }

    /// <summary>Before a batch is read: what its source draws depends on the seed and the place of the batch alone.</summary>
    internal void SeedBatch(long position) => Randomness.Seed(Randomness.Mix(Randomness.Mix(Seed, -Epoch), position));

    /// <summary>Tells that the next batch was read.</summary>
    internal void ReadBatch() => batchesRead++;

    /// <summary>Goes no further than through that step.</summary>
    internal void ReplayOnly(long step)
    {
        replayedStep = step;
        ReplayIfNext();
    }

    private void ReplayIfNext()
    {
        // Stepping out of here leads to the loop, right before the step.
        if (Step == replayedStep && Debugger.IsAttached)
        {
            Debugger.Break();
        }

        if (Step > replayedStep)
        {
            run.Stop(FormattableString.Invariant($"step {replayedStep} was repeated"));
        }
    }
}
