namespace LoopGen;

/// <summary>
/// Straight lines up to the learning rate and down again, over and over:
/// <c>learningRate · (baseFactor + (1 - baseFactor) · height · gamma^step)</c>, where the height goes from 0 to 1 in
/// <c>halfCycle</c> steps and back in as many.
/// </summary>
/// <remarks>
/// PyTorch's <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CyclicLR.html">CyclicLR</see>
/// with <c>max_lr=learningRate</c>, <c>base_lr = learningRate · baseFactor</c>, <c>step_size_up=halfCycle</c> and
/// <c>mode="triangular"</c>, or <c>mode="exp_range"</c> with a gamma other than 1. Momentum is not cycled. It begins at
/// the bottom: a warm-up before it ends at the learning rate and is followed by a fall to there.
/// </remarks>
public sealed class CyclicSchedule : LearningRateSchedule
{
    private readonly long halfCycle;
    private readonly double baseFactor;
    private readonly double gamma;

    /// <summary>Makes a schedule.</summary>
    /// <param name="learningRate">The learning rate at the top, at least 0.</param>
    /// <param name="halfCycle">Steps from the bottom to the top, at least 1; as many lead down again.</param>
    /// <param name="baseFactor">The factor of the learning rate at the bottom, 0 to 1; by default 0.1.</param>
    /// <param name="gamma">The factor of the height from one step to the next, over 0 to 1; by default 1.</param>
    /// <param name="warmupSteps">Steps of linear warm-up before it, at least 0; by default none.</param>
    /// <param name="warmupFactor">The factor of the learning rate at the first of them, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public CyclicSchedule(
        double learningRate,
        long halfCycle,
        double baseFactor = 0.1,
        double gamma = 1,
        long warmupSteps = 0,
        double warmupFactor = 0.01)
        : base(learningRate, warmupSteps, warmupFactor)
    {
        this.halfCycle = ScheduleArgument.AtLeast(1, halfCycle, nameof(halfCycle));
        this.baseFactor = ScheduleArgument.Share(baseFactor, nameof(baseFactor));
        this.gamma = gamma is > 0 and <= 1
            ? gamma
            : throw new ArgumentOutOfRangeException(
                nameof(gamma), gamma, "gamma must be greater than 0 and at most 1.");
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<(string Name, double Value)> Settings =>
        [("half_cycle", halfCycle), ("base_factor", baseFactor), ("gamma", gamma)];

    /// <inheritdoc/>
    protected override double AfterWarmup(long step)
    {
        // Unsigned: twice the longest half still fits.
        var half = (ulong)halfCycle;
        var position = (ulong)step % (2 * half);
        var height = position <= half ? position : (2 * half) - position;
        return Between((double)height / half * Math.Pow(gamma, step), baseFactor);
    }
}
