namespace LoopGen;

/// <summary>
/// The learning rate schedules that <see cref="ScheduleAttribute"/> knows: functions of the number of updates made, which
/// scale the learning rate that <c>Fit</c> is given.
/// </summary>
public enum Schedule
{
    /// <summary>
    /// Falls along half a cosine: <see cref="CosineSchedule"/>, torch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html">CosineAnnealingLR</see>,
    /// Keras's <c>CosineDecay</c>. Takes <c>DecaySteps</c> (default: the whole run) and <c>FinalFactor</c>.
    /// </summary>
    Cosine = 1,

    /// <summary>
    /// Falls along half a cosine again and again: <see cref="CosineRestartsSchedule"/>, torch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.html">CosineAnnealingWarmRestarts</see>,
    /// Keras's <c>CosineDecayRestarts</c>. Takes <c>FirstPeriod</c>, <c>PeriodFactor</c> and <c>FinalFactor</c>.
    /// </summary>
    CosineRestarts,

    /// <summary>
    /// Multiplied by <c>Gamma</c> every <c>StepSize</c> updates: <see cref="StepSchedule"/>, torch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html">StepLR</see>.
    /// </summary>
    Step,

    /// <summary>
    /// Multiplied by <c>Gamma</c> at each of <c>Milestones</c>: <see cref="MultiStepSchedule"/>, torch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.MultiStepLR.html">MultiStepLR</see>,
    /// Keras's <c>PiecewiseConstantDecay</c>.
    /// </summary>
    MultiStep,

    /// <summary>
    /// Multiplied by <c>Gamma</c> after each update: <see cref="ExponentialSchedule"/>, torch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ExponentialLR.html">ExponentialLR</see>,
    /// Keras's <c>ExponentialDecay</c>.
    /// </summary>
    Exponential,

    /// <summary>
    /// Falls along a straight line: <see cref="LinearSchedule"/>, torch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LinearLR.html">LinearLR</see>.
    /// Takes <c>DecaySteps</c> (default: the whole run) and <c>FinalFactor</c>.
    /// </summary>
    Linear,

    /// <summary>
    /// Falls along a power: <see cref="PolynomialSchedule"/>, torch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.PolynomialLR.html">PolynomialLR</see>,
    /// Keras's <c>PolynomialDecay</c>. Takes <c>DecaySteps</c> (default: the whole run), <c>Power</c> and
    /// <c>FinalFactor</c>.
    /// </summary>
    Polynomial,

    /// <summary>
    /// Rises to the learning rate and falls far below where it began: <see cref="OneCycleSchedule"/>, torch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.OneCycleLR.html">OneCycleLR</see>.
    /// Takes <c>TotalSteps</c> (default: the whole run), <c>WarmupFraction</c>, <c>InitialFactor</c> and
    /// <c>FinalFactor</c>; it is its own warm-up.
    /// </summary>
    OneCycle,

    /// <summary>
    /// Goes up and down between two bounds: <see cref="CyclicSchedule"/>, torch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CyclicLR.html">CyclicLR</see>. Takes
    /// <c>HalfCycle</c>, <c>BaseFactor</c> and <c>Gamma</c>.
    /// </summary>
    Cyclic,

    /// <summary>
    /// Reduced when a figure no longer improves: <see cref="PlateauSchedule"/>, Keras's
    /// <see href="https://keras.io/api/callbacks/reduce_lr_on_plateau/">ReduceLROnPlateau</see>, torch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ReduceLROnPlateau.html">ReduceLROnPlateau</see>.
    /// Takes <c>Monitor</c>, <c>Factor</c>, <c>Patience</c>, <c>MinDelta</c>, <c>Cooldown</c> and <c>FinalFactor</c>.
    /// </summary>
    Plateau,
}
