namespace LoopGen;

/// <summary>
/// The learning rate falls on a power of the steps that are left and stays at its end:
/// <c>learningRate · (finalFactor + (1 - finalFactor) · (1 - min(step, decaySteps) / decaySteps)^power)</c>.
/// </summary>
/// <remarks>
/// With a final factor of 0 PyTorch's
/// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.PolynomialLR.html">PolynomialLR</see>
/// with <c>total_iters=decaySteps</c>; with any Keras's
/// <see href="https://keras.io/api/optimizers/learning_rate_schedules/polynomial_decay/">PolynomialDecay</see> with
/// <c>end_learning_rate = learningRate · finalFactor</c> (there 0.0001 by default) and <c>cycle=False</c>.
/// </remarks>
public sealed class PolynomialSchedule : LearningRateSchedule
{
    private readonly long decaySteps;
    private readonly double power;
    private readonly double finalFactor;

    /// <summary>Makes a schedule.</summary>
    /// <param name="learningRate">The learning rate at first, at least 0.</param>
    /// <param name="decaySteps">Steps until the end of the curve, at least 1; a warm-up comes on top of them.</param>
    /// <param name="power">The power, greater than 0; by default 1, a straight line.</param>
    /// <param name="finalFactor">The factor of the learning rate from there on, 0 to 1; by default 0.</param>
    /// <param name="warmupSteps">Steps of linear warm-up before it, at least 0; by default none.</param>
    /// <param name="warmupFactor">The factor of the learning rate at the first of them, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public PolynomialSchedule(
        double learningRate,
        long decaySteps,
        double power = 1,
        double finalFactor = 0,
        long warmupSteps = 0,
        double warmupFactor = 0.01)
        : base(learningRate, warmupSteps, warmupFactor)
    {
        this.decaySteps = ScheduleArgument.DecaySteps(decaySteps, nameof(decaySteps), warmupSteps);
        this.power = ScheduleArgument.Positive(power, nameof(power));
        this.finalFactor = ScheduleArgument.Share(finalFactor, nameof(finalFactor));
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<(string Name, double Value)> Settings =>
        [("decay_steps", decaySteps), ("power", power), ("final_factor", finalFactor)];

    /// <inheritdoc/>
    protected override double AfterWarmup(long step)
    {
        var left = decaySteps - Math.Min(step, decaySteps);
        return Between(Math.Pow((double)left / decaySteps, power), finalFactor);
    }
}
