namespace LoopGen;

/// <summary>
/// A learning rate that is a function of the optimizer's step: no counter is kept that could get out of step with the
/// training, and a resumed training asks for the step it is at.
/// </summary>
/// <remarks>
/// Steps are updates of the weights, from 0 for the first: with accumulated gradients one per window, not one per
/// batch. Every schedule can begin with a linear warm-up; its own steps count from the end of that, as PyTorch's
/// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.SequentialLR.html">SequentialLR</see>
/// of <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LinearLR.html">LinearLR</see> and
/// that schedule. All bounds are factors of the learning rate, so that another learning rate scales the whole curve.
/// Except for <see cref="PlateauSchedule"/>, a schedule has no state and can be asked from several threads.
/// </remarks>
public abstract class LearningRateSchedule : IStateful
{
    private static readonly long[] Samples = [0, .. Enumerable.Range(0, 7).SelectMany(power => new[] { 1L, 2, 5 }.Select(digit => digit * (long)Math.Pow(10, power)))];

    /// <summary>Sets what all schedules have.</summary>
    /// <param name="learningRate">The learning rate that the schedule scales, at least 0.</param>
    /// <param name="warmupSteps">Steps before the schedule proper begins, at least 0.</param>
    /// <param name="warmupFactor">The factor of the learning rate at the first step of a warm-up, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    protected LearningRateSchedule(double learningRate, long warmupSteps, double warmupFactor)
    {
        LearningRate = ScheduleArgument.LearningRate(learningRate, nameof(learningRate));
        WarmupSteps = ScheduleArgument.AtLeast(0, warmupSteps, nameof(warmupSteps));
        WarmupFactor = ScheduleArgument.Share(warmupFactor, nameof(warmupFactor));
    }

    /// <summary>The learning rate that everything is a factor of.</summary>
    public double LearningRate { get; }

    /// <summary>Steps before the schedule proper begins; 0 for none.</summary>
    public long WarmupSteps { get; }

    /// <summary>The factor of <see cref="LearningRate"/> at the first step of a warm-up.</summary>
    public double WarmupFactor { get; }

    /// <summary>The learning rate of one update of the weights.</summary>
    /// <param name="step">How many updates were made before it: 0 for the first.</param>
    /// <returns>
    /// During the warm-up <c>learningRate · (warmupFactor + (1 - warmupFactor) · step / warmupSteps)</c>, then the
    /// schedule proper at <c>step - warmupSteps</c>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    public double At(long step)
    {
        ScheduleArgument.AtLeast(0, step, nameof(step));
        return step < WarmupSteps
            ? LearningRate * (WarmupFactor + ((1 - WarmupFactor) * step / WarmupSteps))
            : AfterWarmup(step - WarmupSteps);
    }

    /// <summary>What the schedule was made with, by name; of one that is not LoopGen's, nothing is known.</summary>
    private protected virtual IReadOnlyList<(string Name, double Value)> Settings => [];

    /// <summary>Writes what the schedule is, so that a training does not go on with another.</summary>
    /// <param name="state">Takes numbers and texts under names.</param>
    /// <remarks>
    /// A schedule of LoopGen's is told by its type and arguments, another by its type and its learning rates at steps of 1, 2
    /// and 5 times the powers of ten.
    /// </remarks>
    public virtual void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Write("type", GetType().Name);
        foreach (var (name, value) in Known)
        {
            state.Write(name, value);
        }
    }

    /// <summary>Notes it where the schedule is another one than that of the checkpoint.</summary>
    /// <param name="state">What was written.</param>
    public virtual void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);

        // Of another type nothing else can be the same.
        if (state.IsSame("type", GetType().Name))
        {
            foreach (var (name, value) in Known)
            {
                state.Check(name, value);
            }
        }
    }

    /// <summary>The learning rate of one update after the warm-up.</summary>
    /// <param name="step">How many updates were made since the end of the warm-up, at least 0.</param>
    /// <returns>The learning rate, at least 0.</returns>
    protected abstract double AfterWarmup(long step);

    /// <summary>The value between the learning rate and a factor of it: 1 gives the one, 0 the other.</summary>
    private protected double Between(double share, double finalFactor) =>
        LearningRate * (finalFactor + ((1 - finalFactor) * share));

    private IEnumerable<(string Name, double Value)> Known =>
    [
        ("learning_rate", LearningRate),
        ("warmup_steps", WarmupSteps),
        ("warmup_factor", WarmupFactor),
        .. Settings.Count > 0 ? Settings : Samples.Select(step => (FormattableString.Invariant($"learning rate at step {step}"), At(step))),
    ];
}
