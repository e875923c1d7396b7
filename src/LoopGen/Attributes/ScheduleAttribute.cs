namespace LoopGen;

/// <summary>
/// Sets the learning rate of every update: on a class by a schedule of the catalogue, on a method by a function of one's
/// own.
/// </summary>
/// <remarks>
/// Steps are updates of the weights, so one per window under <see cref="AccumulateAttribute"/>. All bounds are factors of
/// <c>Fit</c>'s <c>learningRate</c>. The rate of an epoch's last update is reported as <c>LearningRate</c> in the log.
/// A schedule also sets the rate of an optimizer that is passed to <c>Fit</c>, and begins anew with each <c>Fit</c>.
/// </remarks>
/// <example><code>[Schedule(Schedule.Cosine, WarmupSteps = 100, FinalFactor = 0.1)]</code></example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = false)]
public sealed class ScheduleAttribute : Attribute
{
    /// <summary>On a class: a schedule of the catalogue.</summary>
    /// <param name="schedule">The schedule.</param>
    public ScheduleAttribute(Schedule schedule) => Kind = schedule;

    /// <summary>
    /// On a method <c>double Name(long step)</c> of the class: it returns the factor of the learning rate for the update
    /// before which <c>step</c> others were made, as torch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LambdaLR.html">LambdaLR</see> takes it.
    /// </summary>
    public ScheduleAttribute()
    {
    }

    /// <summary>The schedule, or null for a method.</summary>
    public Schedule? Kind { get; }

    /// <summary>Updates of a linear warm-up before the schedule proper, at least 0. Default: 0, for none.</summary>
    public long WarmupSteps { get; set; }

    /// <summary>The factor of the learning rate that a warm-up begins with, 0 to 1. Default: 0.01.</summary>
    public double WarmupFactor { get; set; } = 0.01;

    /// <summary>
    /// Updates from the end of the warm-up until the lowest rate, at least 1. Default: those that are left of the run,
    /// which needs a source that tells how many batches it has.
    /// </summary>
    public long DecaySteps { get; set; }

    /// <summary>Updates of the whole cycle, at least 1. Default: those of the run.</summary>
    public long TotalSteps { get; set; }

    /// <summary>
    /// The lowest rate as a factor of the learning rate, 0 to 1. Default: 0, and 4e-6 for <see cref="Schedule.OneCycle"/>.
    /// </summary>
    public double FinalFactor { get; set; }

    /// <summary>Updates from one reduction to the next, at least 1.</summary>
    public long StepSize { get; set; }

    /// <summary>The numbers of updates after which the rate is reduced, at least one, ascending.</summary>
    public long[] Milestones { get; set; } = [];

    /// <summary>
    /// What the rate is multiplied by. Default: 0.1; 1 for <see cref="Schedule.Cyclic"/>, where it shrinks the cycles;
    /// none for <see cref="Schedule.Exponential"/>.
    /// </summary>
    public double Gamma { get; set; }

    /// <summary>The exponent of the fall, greater than 0. Default: 1, a straight line.</summary>
    public double Power { get; set; } = 1;

    /// <summary>Updates of the first period, at least 1.</summary>
    public long FirstPeriod { get; set; }

    /// <summary>What each period is longer than the one before, at least 1. Default: 1.</summary>
    public double PeriodFactor { get; set; } = 1;

    /// <summary>The share of the updates during which the rate rises, 0 to 1. Default: 0.3.</summary>
    public double WarmupFraction { get; set; } = 0.3;

    /// <summary>The factor of the learning rate that the cycle begins with, 0 to 1. Default: 0.04.</summary>
    public double InitialFactor { get; set; } = 0.04;

    /// <summary>Updates from the lower bound to the upper one, at least 1.</summary>
    public long HalfCycle { get; set; }

    /// <summary>The lower bound as a factor of the learning rate, 0 to 1. Default: 0.1.</summary>
    public double BaseFactor { get; set; } = 0.1;

    /// <summary>
    /// The figure that must improve, such as <c>"val_loss"</c> or <c>"accuracy"</c>; whether higher is better is known
    /// from the metric. Default: <c>"val_loss"</c>.
    /// </summary>
    public string Monitor { get; set; } = "val_loss";

    /// <summary>What the rate is multiplied by when the figure does not improve, between 0 and 1. Default: 0.1.</summary>
    public double Factor { get; set; } = 0.1;

    /// <summary>Epochs without an improvement before the rate is reduced, at least 1. Default: 10.</summary>
    public int Patience { get; set; } = 10;

    /// <summary>How much better than the best a figure must be to count as improved, at least 0. Default: 1e-4.</summary>
    public double MinDelta { get; set; } = 1e-4;

    /// <summary>Epochs after a reduction during which none is counted, at least 0. Default: 0.</summary>
    public int Cooldown { get; set; }
}
