using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>What TorchSharp's optimizers have in common.</summary>
public static class OptimizerExtensions
{
    /// <summary>Sets the learning rate of every parameter group, from the next step on.</summary>
    /// <param name="optimizer">Any of TorchSharp's optimizers, or one whose <c>ParamGroups</c> it can be set on.</param>
    /// <param name="learningRate">The learning rate, at least 0.</param>
    /// <remarks>
    /// Two optimizers keep a step size that they made from the learning rate, and it is brought along: ASGD's
    /// <c>eta</c>, and Rprop's step sizes until the first step (afterwards Rprop adapts them by itself and the learning
    /// rate has no effect, as in
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.Rprop.html">PyTorch</see>).
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="optimizer"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="learningRate"/> is negative, infinite or not a number.
    /// </exception>
    /// <exception cref="ArgumentException">The optimizer has no parameter groups to set it on.</exception>
    public static void SetLearningRate(this optim.Optimizer optimizer, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        CheckRate(learningRate);
        Set(optimizer, learningRate, groupFactors: null);
    }

    /// <summary>
    /// Sets the learning rate of each parameter group to a factor of its own of one learning rate, from the next step
    /// on.
    /// </summary>
    /// <param name="optimizer">Any of TorchSharp's optimizers, or one whose <c>ParamGroups</c> it can be set on.</param>
    /// <param name="learningRate">The learning rate, at least 0.</param>
    /// <param name="groupFactors">
    /// The factor of each group, at least 0, in the order in which the optimizer was given them.
    /// </param>
    /// <remarks>What is said there of ASGD and Rprop holds here, group by group.</remarks>
    /// <seealso cref="SetLearningRate(optim.Optimizer, double)"/>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="learningRate"/> or a factor is negative, infinite or not a number.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The optimizer has no parameter groups, or another number of them than there are factors.
    /// </exception>
    public static void SetLearningRate(
        this optim.Optimizer optimizer, double learningRate, IReadOnlyList<double> groupFactors)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(groupFactors);
        CheckRate(learningRate);
        foreach (var factor in groupFactors)
        {
            if (!double.IsFinite(factor) || factor < 0)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(groupFactors), factor, "groupFactors must be numbers that are at least 0.");
            }
        }

        var groups = optimizer.ParamGroups?.Count();
        if (groups is not null && groups != groupFactors.Count)
        {
            throw new ArgumentException(
                $"groupFactors must have one factor for each parameter group of the optimizer, {groups} in all, but "
                + $"has {groupFactors.Count}.",
                nameof(groupFactors));
        }

        Set(optimizer, learningRate, groupFactors);
    }

    private static void CheckRate(double learningRate)
    {
        if (!double.IsFinite(learningRate) || learningRate < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(learningRate), learningRate, "learningRate must be a number that is at least 0.");
        }
    }

    private static void Set(optim.Optimizer optimizer, double learningRate, IReadOnlyList<double>? groupFactors)
    {
        var own = optimizer as optim.ILearningRateController;
        if (optimizer.ParamGroups is null && (own is null || groupFactors is not null))
        {
            throw new ArgumentException(
                $"{optimizer.GetType().Name} has no parameter groups whose learning rate could be set.",
                nameof(optimizer));
        }

        // L-BFGS lives in native code, which takes the rate through the optimizer itself, not through its one group.
        if (own is not null)
        {
            own.LearningRate = groupFactors is [var only] ? learningRate * only : learningRate;
        }

        foreach (var (group, index) in (optimizer.ParamGroups ?? []).Select((group, index) => (group, index)))
        {
            group.LearningRate = learningRate * (groupFactors?[index] ?? 1);
        }

        switch (optimizer)
        {
            case ASGD asgd:
                UpdateStepSizes(asgd);
                break;

            case Rprop rprop:
                FillStepSizes(rprop);
                break;
        }
    }

    private static void UpdateStepSizes(ASGD optimizer)
    {
        var states = optimizer.state_dict();
        for (var group = 0; group < states.Options.Count; group++)
        {
            // TorchSharp's formula at the end of a step, with the new rate: the next step uses eta as it is.
            var options = (ASGD.Options)states.Options[group];
            var rate = options.LearningRate!.Value;
            foreach (var index in states.StateIndexRef[group])
            {
                var state = (ASGD.State)states.State[index];
                state.eta = rate / Math.Pow(1 + (options.lambd!.Value * rate * state.step), options.alpha!.Value);
            }
        }
    }

    private static void FillStepSizes(Rprop optimizer)
    {
        using var noGrad = no_grad();
        var states = optimizer.state_dict();
        for (var group = 0; group < states.Options.Count; group++)
        {
            var options = (Rprop.Options)states.Options[group];
            using var rate = options.LearningRate!.Value.ToScalar();
            foreach (var index in states.StateIndexRef[group])
            {
                var state = (Rprop.State)states.State[index];
                if (state.step == 0)
                {
                    state.step_size.fill_(rate);
                }
            }
        }
    }
}
