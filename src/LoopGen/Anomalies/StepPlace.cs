using System.Globalization;

namespace LoopGen;

/// <summary>A batch of a training.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Batch">The batch of the epoch, from 1.</param>
/// <param name="Step">The number of updates that were made before.</param>
internal readonly record struct StepPlace(int Epoch, long Batch, long Step)
{
    /// <summary><c>epoch 3, batch 118 (step 1054, seed 7)</c>.</summary>
    public string Text(StepOrigin origin) => string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {Epoch}, batch {Batch} (step {Step}{(origin.Seed is { } given ? $", seed {given}" : "")})");

    /// <summary>How to see the same once more.</summary>
    public string Repeat(StepOrigin origin) => origin switch
    {
        { Progress: not null } => string.Create(
            CultureInfo.InvariantCulture,
            $"ReplayStep(checkpoint, {Step}, ...), with a checkpoint from before it, makes this step again, under a debugger if you like."),
        { Seed: { } seed } => string.Create(CultureInfo.InvariantCulture, $"Fit with seed: {seed}, from the same weights, comes to the same step."),
        _ => "With a seed given to Fit, and to the weights before it, a training comes to the same step again.",
    };
}
