namespace LoopGen;

/// <summary>
/// Half waves of the cosine, one after the other, each beginning at the learning rate anew and as long as the one
/// before times a factor: at <c>t</c> steps into a period of length <c>T</c> it is
/// <c>learningRate · (finalFactor + (1 - finalFactor) · (1 + cos(π · t / T)) / 2)</c>.
/// </summary>
/// <remarks>
/// PyTorch's
/// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.html">CosineAnnealingWarmRestarts</see>
/// with <c>T_0=firstPeriod</c>, <c>T_mult=periodFactor</c> and <c>eta_min = learningRate · finalFactor</c>. PyTorch
/// takes whole factors alone; others mean here what they mean to Keras's
/// <see href="https://keras.io/api/optimizers/learning_rate_schedules/cosine_decay_restarts/">CosineDecayRestarts</see>
/// (<c>t_mul=periodFactor</c>, there 2 by default, and <c>m_mul=1</c>): a period may begin between two steps.
/// </remarks>
public sealed class CosineRestartsSchedule : LearningRateSchedule
{
    private readonly long firstPeriod;
    private readonly double periodFactor;
    private readonly double finalFactor;

    /// <summary>Makes a schedule.</summary>
    /// <param name="learningRate">The learning rate at the beginning of every period, at least 0.</param>
    /// <param name="firstPeriod">Steps of the first period, at least 1.</param>
    /// <param name="periodFactor">How much longer a period is than the one before, at least 1; by default 1.</param>
    /// <param name="finalFactor">The factor of the learning rate that a period falls to, 0 to 1; by default 0.</param>
    /// <param name="warmupSteps">Steps of linear warm-up before it, at least 0; by default none.</param>
    /// <param name="warmupFactor">The factor of the learning rate at the first of them, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public CosineRestartsSchedule(
        double learningRate,
        long firstPeriod,
        double periodFactor = 1,
        double finalFactor = 0,
        long warmupSteps = 0,
        double warmupFactor = 0.01)
        : base(learningRate, warmupSteps, warmupFactor)
    {
        this.firstPeriod = ScheduleArgument.AtLeast(1, firstPeriod, nameof(firstPeriod));
        this.periodFactor = periodFactor >= 1 && double.IsFinite(periodFactor)
            ? periodFactor
            : throw new ArgumentOutOfRangeException(
                nameof(periodFactor), periodFactor, "periodFactor must be a number that is at least 1.");
        this.finalFactor = ScheduleArgument.Share(finalFactor, nameof(finalFactor));
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<(string Name, double Value)> Settings =>
        [("first_period", firstPeriod), ("period_factor", periodFactor), ("final_factor", finalFactor)];

    /// <inheritdoc/>
    protected override double AfterWarmup(long step)
    {
        double period = firstPeriod;
        double position = step;
        if (periodFactor == 1)
        {
            position = step % firstPeriod;
        }

        // Sums of whole numbers are exact here, where a logarithm could miss the first step of a period.
        while (position >= period)
        {
            position -= period;
            period *= periodFactor;
        }

        return Between((1 + Math.Cos(Math.PI * position / period)) / 2, finalFactor);
    }
}
