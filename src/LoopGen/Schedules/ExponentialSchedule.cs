namespace LoopGen;

/// <summary>The learning rate falls by a factor at every step: <c>learningRate · gamma^step</c>.</summary>
/// <remarks>
/// PyTorch's
/// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ExponentialLR.html">ExponentialLR</see>,
/// counted in steps of the optimizer and not in epochs: gammas are close to 1. Keras's
/// <see href="https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/">ExponentialDecay</see> with
/// <c>decay_rate=r, decay_steps=n</c> is <c>gamma = r^(1/n)</c>.
/// </remarks>
public sealed class ExponentialSchedule : LearningRateSchedule
{
    private readonly double gamma;

    /// <summary>Makes a schedule.</summary>
    /// <param name="learningRate">The learning rate at first, at least 0.</param>
    /// <param name="gamma">The factor from one step to the next, greater than 0.</param>
    /// <param name="warmupSteps">Steps of linear warm-up before it, at least 0; by default none.</param>
    /// <param name="warmupFactor">The factor of the learning rate at the first of them, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public ExponentialSchedule(double learningRate, double gamma, long warmupSteps = 0, double warmupFactor = 0.01)
        : base(learningRate, warmupSteps, warmupFactor) =>
        this.gamma = ScheduleArgument.Positive(gamma, nameof(gamma));

    /// <inheritdoc/>
    private protected override IReadOnlyList<(string Name, double Value)> Settings => [("gamma", gamma)];

    /// <inheritdoc/>
    protected override double AfterWarmup(long step) => LearningRate * Math.Pow(gamma, step);
}
