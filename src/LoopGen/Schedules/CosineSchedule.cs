namespace LoopGen;

/// <summary>
/// The learning rate falls on half a wave of the cosine and stays at its end:
/// <c>learningRate · (finalFactor + (1 - finalFactor) · (1 + cos(π · min(step, decaySteps) / decaySteps)) / 2)</c>.
/// </summary>
/// <remarks>
/// Until its end PyTorch's
/// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html">CosineAnnealingLR</see>
/// with <c>T_max=decaySteps</c> and <c>eta_min = learningRate · finalFactor</c>. After it PyTorch's rises again, which
/// spoils a training that makes a few steps more than planned; this one stays, as Keras's
/// <see href="https://keras.io/api/optimizers/learning_rate_schedules/cosine_decay/">CosineDecay</see> does
/// (<c>alpha = finalFactor</c>).
/// </remarks>
public sealed class CosineSchedule : LearningRateSchedule
{
    private readonly long decaySteps;
    private readonly double finalFactor;

    /// <summary>Makes a schedule.</summary>
    /// <param name="learningRate">The learning rate at first, at least 0.</param>
    /// <param name="decaySteps">Steps until the end of the curve, at least 1; a warm-up comes on top of them.</param>
    /// <param name="finalFactor">The factor of the learning rate from there on, 0 to 1; by default 0.</param>
    /// <param name="warmupSteps">Steps of linear warm-up before it, at least 0; by default none.</param>
    /// <param name="warmupFactor">The factor of the learning rate at the first of them, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public CosineSchedule(
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
        var done = (double)Math.Min(step, decaySteps) / decaySteps;
        return Between((1 + Math.Cos(Math.PI * done)) / 2, finalFactor);
    }
}
