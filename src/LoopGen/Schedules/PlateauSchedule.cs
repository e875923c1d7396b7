namespace LoopGen;

/// <summary>
/// The learning rate falls by a factor when a figure, such as the validation loss, has not become better for some
/// epochs. The one schedule with a state: it is told the figure at the end of every epoch.
/// </summary>
/// <remarks>
/// The rules are those of Keras's
/// <see href="https://keras.io/api/callbacks/reduce_lr_on_plateau/">ReduceLROnPlateau</see>: better means by more than an
/// absolute <c>minDelta</c>, and the <c>patience</c>-th epoch in a row without that reduces. PyTorch's
/// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ReduceLROnPlateau.html">ReduceLROnPlateau</see>
/// takes its threshold relative to the best and reduces one epoch later. Unlike either, the floor is a factor of the
/// learning rate, and a figure that is not a number is never the best. An instance is for one thread at a time.
/// </remarks>
public sealed class PlateauSchedule : LearningRateSchedule
{
    private readonly double factor;
    private readonly int patience;
    private readonly double minDelta;
    private readonly int cooldown;
    private readonly double floor;
    private readonly bool isHigherBetter;
    private double rate;
    private double best;
    private int epochsWithout;
    private int cooldownLeft;

    /// <summary>Makes a schedule.</summary>
    /// <param name="learningRate">The learning rate at first, at least 0.</param>
    /// <param name="factor">The factor of every fall, between 0 and 1; by default 0.1.</param>
    /// <param name="patience">
    /// Epochs in a row without anything better after which it falls, at least 0; by default 10. 0 is the same as 1.
    /// </param>
    /// <param name="minDelta">
    /// By how much a figure must be better than the best to count, at least 0; by default 0.0001, in the figure's
    /// units.
    /// </param>
    /// <param name="cooldown">
    /// How many epochs after a fall are not counted, except that the last of them is where counting begins again, as in
    /// Keras; at least 0, which is the default.
    /// </param>
    /// <param name="finalFactor">The factor of the learning rate below which it does not fall, 0 to 1.</param>
    /// <param name="isHigherBetter">Whether higher is better, as for an accuracy; by default lower is.</param>
    /// <param name="warmupSteps">
    /// Steps of linear warm-up before it, at least 0; by default none. Epochs are counted during the warm-up too.
    /// </param>
    /// <param name="warmupFactor">The factor of the learning rate at the first of them, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public PlateauSchedule(
        double learningRate,
        double factor = 0.1,
        int patience = 10,
        double minDelta = 1e-4,
        int cooldown = 0,
        double finalFactor = 0,
        bool isHigherBetter = false,
        long warmupSteps = 0,
        double warmupFactor = 0.01)
        : base(learningRate, warmupSteps, warmupFactor)
    {
        this.factor = factor is > 0 and < 1
            ? factor
            : throw new ArgumentOutOfRangeException(
                nameof(factor), factor, "factor must be greater than 0 and less than 1.");
        this.patience = (int)ScheduleArgument.AtLeast(0, patience, nameof(patience));
        this.minDelta = double.IsFinite(minDelta) && minDelta >= 0
            ? minDelta
            : throw new ArgumentOutOfRangeException(
                nameof(minDelta), minDelta, "minDelta must be a number that is at least 0.");
        this.cooldown = (int)ScheduleArgument.AtLeast(0, cooldown, nameof(cooldown));
        floor = learningRate * ScheduleArgument.Share(finalFactor, nameof(finalFactor));
        this.isHigherBetter = isHigherBetter;
        rate = learningRate;
        best = isHigherBetter ? double.NegativeInfinity : double.PositiveInfinity;
    }

    /// <summary>Tells the figure of an epoch that has ended.</summary>
    /// <param name="value">
    /// The figure. One that is not a number is no improvement, so that a training that has diverged gets lower rates.
    /// </param>
    public void Update(double value)
    {
        if (cooldownLeft > 0)
        {
            cooldownLeft--;
            epochsWithout = 0;
        }

        if (IsBetter(value))
        {
            best = value;
            epochsWithout = 0;
            return;
        }

        if (cooldownLeft > 0)
        {
            return;
        }

        epochsWithout++;
        if (epochsWithout >= patience && rate > floor)
        {
            rate = Math.Max(rate * factor, floor);
            cooldownLeft = cooldown;
            epochsWithout = 0;
        }
    }

    /// <inheritdoc/>
    public override void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        base.SaveState(state);
        state.Write("rate", rate);
        state.Write("best", best);
        state.Write("epochs_without", epochsWithout);
        state.Write("cooldown_left", cooldownLeft);
    }

    /// <inheritdoc/>
    public override void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        base.LoadState(state);
        if (state.Problems.Count > 0)
        {
            return;
        }

        var saved = (
            state.ReadDouble("rate"), state.ReadDouble("best"), state.ReadCount("epochs_without"), state.ReadCount("cooldown_left"));
        state.OnSuccess(() => (rate, best, epochsWithout, cooldownLeft) = saved);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<(string Name, double Value)> Settings =>
    [
        ("factor", factor),
        ("patience", patience),
        ("min_delta", minDelta),
        ("cooldown", cooldown),
        ("floor", floor),
        ("is_higher_better", isHigherBetter ? 1 : 0),
    ];

    /// <inheritdoc/>
    protected override double AfterWarmup(long step) => rate;

    /// <summary>Comparisons with what is not a number are false.</summary>
    private bool IsBetter(double value) => isHigherBetter ? value > best + minDelta : value < best - minDelta;
}
