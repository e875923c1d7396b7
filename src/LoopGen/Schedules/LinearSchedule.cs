namespace LoopGen;

/// <summary>
/// The learning rate falls on a straight line and stays at its end:
/// <c>learningRate · (1 + (finalFactor - 1) · min(step, decaySteps) / decaySteps)</c>.
/// </summary>
/// <remarks>
/// PyTorch's <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LinearLR.html">LinearLR</see>
/// with <c>start_factor=1</c>, <c>end_factor=finalFactor</c> and <c>total_iters=decaySteps</c>.
/// </remarks>
public sealed class LinearSchedule : LearningRateSchedule
{
    private readonly long decaySteps;
    private readonly double finalFactor;

    /// <summary>Makes a schedule.</summary>
    /// <param name="learningRate">The learning rate at first, at least 0.</param>
    /// <param name="decaySteps">Steps until the end of the line, at least 1; a warm-up comes on top of them.</param>
    /// <param name="finalFactor">The factor of the learning rate from there on, 0 to 1; by default 0.</param>
    /// <param name="warmupSteps">Steps of linear warm-up before it, at least 0; by default none.</param>
    /// <param name="warmupFactor">The factor of the learning rate at the first of them, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public LinearSchedule(
        double learningRate,
        long decaySteps,
        double finalFactor = 0,
        long warmupSteps = 0,
        double warmupFactor = 0.01)
        : base(learningRate, warmupSteps, warmupFactor)
    {
        this.decaySteps = ScheduleArgument.DecaySteps(decaySteps, nameof(decaySteps), warmupSteps);
        this.finalFactor = ScheduleArgument.Share(finalFactor, nameof(finalFactor));
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<(string Name, double Value)> Settings =>
        [("decay_steps", decaySteps), ("final_factor", finalFactor)];

    /// <inheritdoc/>
    protected override double AfterWarmup(long step)
    {
        var left = decaySteps - Math.Min(step, decaySteps);
        return Between((double)left / decaySteps, finalFactor);
    }
}
