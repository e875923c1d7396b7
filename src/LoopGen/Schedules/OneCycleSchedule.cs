namespace LoopGen;

/// <summary>
/// One rise to the learning rate and one long fall far below where it began, both on half waves of the cosine: the
/// one-cycle policy of <see href="https://arxiv.org/abs/1708.07120">Smith and Topin</see>.
/// </summary>
/// <remarks>
/// PyTorch's
/// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.OneCycleLR.html">OneCycleLR</see> with
/// <c>max_lr=learningRate</c>, <c>anneal_strategy="cos"</c>, <c>three_phase=False</c>, <c>pct_start=warmupFraction</c>,
/// <c>div_factor = 1 / initialFactor</c> and <c>final_div_factor = initialFactor / finalFactor</c>. Momentum is not
/// cycled. The rise ends at step <c>warmupFraction · totalSteps - 1</c> (between two steps, if that is not whole), the
/// fall at <c>totalSteps - 1</c>. Where PyTorch throws for a step after that, this stays at the end.
/// </remarks>
public sealed class OneCycleSchedule : LearningRateSchedule
{
    private readonly long totalSteps;
    private readonly double warmupFraction;
    private readonly double initialFactor;
    private readonly double finalFactor;

    /// <summary>Makes a schedule.</summary>
    /// <param name="learningRate">The learning rate at the top, at least 0.</param>
    /// <param name="totalSteps">Steps of the whole training, at least 1.</param>
    /// <param name="warmupFraction">The share of them that the rise takes, 0 to 1; by default 0.3.</param>
    /// <param name="initialFactor">The factor of the learning rate at first, 0 to 1; by default 1/25.</param>
    /// <param name="finalFactor">The factor of the learning rate at the end, 0 to 1; by default 1/250000.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public OneCycleSchedule(
        double learningRate,
        long totalSteps,
        double warmupFraction = 0.3,
        double initialFactor = 1 / 25.0,
        double finalFactor = 1 / (25.0 * 1e4))
        : base(learningRate, warmupSteps: 0, warmupFactor: 1)
    {
        this.totalSteps = ScheduleArgument.AtLeast(1, totalSteps, nameof(totalSteps));
        this.warmupFraction = ScheduleArgument.Share(warmupFraction, nameof(warmupFraction));
        this.initialFactor = ScheduleArgument.Share(initialFactor, nameof(initialFactor));
        this.finalFactor = ScheduleArgument.Share(finalFactor, nameof(finalFactor));
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<(string Name, double Value)> Settings =>
    [
        ("total_steps", totalSteps),
        ("warmup_fraction", warmupFraction),
        ("initial_factor", initialFactor),
        ("final_factor", finalFactor),
    ];

    /// <inheritdoc/>
    protected override double AfterWarmup(long step)
    {
        var last = totalSteps - 1;
        var position = Math.Min(step, last);
        var top = (warmupFraction * totalSteps) - 1;
        if (position > top)
        {
            return Between(FallingWave((position - top) / (last - top)), finalFactor);
        }

        // A rise of a single step is its top; PyTorch divides by zero there.
        return top == 0 ? LearningRate : Between(1 - FallingWave(position / top), initialFactor);
    }

    /// <summary>From 1 at the beginning to 0 at the end.</summary>
    private static double FallingWave(double done) => (1 + Math.Cos(Math.PI * done)) / 2;
}
