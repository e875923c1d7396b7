namespace LoopGen;

/// <summary>
/// The learning rate falls by a factor at each of some steps:
/// <c>learningRate · gamma^(number of milestones ≤ step)</c>.
/// </summary>
/// <remarks>
/// PyTorch's
/// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.MultiStepLR.html">MultiStepLR</see>,
/// counted in steps of the optimizer: a milestone that is given twice counts twice. Keras's
/// <see href="https://keras.io/api/optimizers/learning_rate_schedules/piecewise_constant_decay/">PiecewiseConstantDecay</see>
/// with such values changes one step later: its boundaries belong to the rate before.
/// </remarks>
public sealed class MultiStepSchedule : LearningRateSchedule
{
    private readonly long[] milestones;
    private readonly double gamma;

    /// <summary>Makes a schedule.</summary>
    /// <param name="learningRate">The learning rate at first, at least 0.</param>
    /// <param name="milestones">
    /// The steps at which it falls, each at least 1, in any order; counted from the end of the warm-up.
    /// </param>
    /// <param name="gamma">The factor of every fall, greater than 0; by default 0.1, as in PyTorch.</param>
    /// <param name="warmupSteps">Steps of linear warm-up before it, at least 0; by default none.</param>
    /// <param name="warmupFactor">The factor of the learning rate at the first of them, 0 to 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="milestones"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="milestones"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public MultiStepSchedule(
        double learningRate,
        IReadOnlyList<long> milestones,
        double gamma = 0.1,
        long warmupSteps = 0,
        double warmupFactor = 0.01)
        : base(learningRate, warmupSteps, warmupFactor)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        if (milestones.Count == 0)
        {
            throw new ArgumentException("milestones must name at least one step.", nameof(milestones));
        }

        this.milestones = [.. milestones.Order()];
        ScheduleArgument.AtLeast(1, this.milestones[0], nameof(milestones));
        this.gamma = ScheduleArgument.Positive(gamma, nameof(gamma));
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<(string Name, double Value)> Settings =>
    [
        ("gamma", gamma),
        ("milestones", milestones.Length),
        .. milestones.Select((step, index) => (FormattableString.Invariant($"milestone {index + 1}"), (double)step)),
    ];

    /// <inheritdoc/>
    protected override double AfterWarmup(long step)
    {
        var passed = 0;
        while (passed < milestones.Length && milestones[passed] <= step)
        {
            passed++;
        }

        return LearningRate * Math.Pow(gamma, passed);
    }
}
