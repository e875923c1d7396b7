namespace LoopGen;

/// <summary>
/// The learning rate falls by a factor every so many steps: <c>learningRate · gamma^⌊step / stepSize⌋</c>.
/// </summary>
/// <remarks>
/// PyTorch's <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html">StepLR</see>,
/// counted in steps of the optimizer; Keras's
/// <see href="https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/">ExponentialDecay</see> with
/// <c>staircase=True</c>.
/// </remarks>
public sealed class StepSchedule : LearningRateSchedule
{
    private readonly long stepSize;
    private readonly double gamma;

    /// <summary>Makes a schedule.</summary>
    /// <param name="learningRate">The learning rate at first, at least 0.</param>
    /// <param name="stepSize">Steps between two falls, at least 1.</param>
    /// <param name="gamma">The factor of every fall, greater than 0; by default 0.1, as in PyTorch.</param>
    /// <param name="warmupSteps">Steps of linear warm-up before it, at least 0; by default none.</param>
    /// <param name="warmupFactor">The factor of the learning rate at the first of them, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public StepSchedule(
        double learningRate, long stepSize, double gamma = 0.1, long warmupSteps = 0, double warmupFactor = 0.01)
        : base(learningRate, warmupSteps, warmupFactor)
    {
        this.stepSize = ScheduleArgument.AtLeast(1, stepSize, nameof(stepSize));
        this.gamma = ScheduleArgument.Positive(gamma, nameof(gamma));
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<(string Name, double Value)> Settings =>
        [("step_size", stepSize), ("gamma", gamma)];

    /// <inheritdoc/>
    protected override double AfterWarmup(long step) => LearningRate * Math.Pow(gamma, step / stepSize);
}
