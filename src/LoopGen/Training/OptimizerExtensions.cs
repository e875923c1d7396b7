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
        if (!double.IsFinite(learningRate) || learningRate < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(learningRate), learningRate, "learningRate must be a number that is at least 0.");
        }

        // L-BFGS lives in native code, which takes the rate through the optimizer itself, not through its group.
        var own = optimizer as optim.ILearningRateController;
        if (own is null && optimizer.ParamGroups is null)
        {
            throw new ArgumentException(
                $"{optimizer.GetType().Name} has no parameter groups whose learning rate could be set.",
                nameof(optimizer));
        }

        if (own is not null)
        {
            own.LearningRate = learningRate;
        }

        foreach (var group in optimizer.ParamGroups ?? [])
        {
            group.LearningRate = learningRate;
        }

        switch (optimizer)
        {
            case ASGD asgd:
                UpdateStepSizes(asgd);
                break;

            case Rprop rprop:
                FillStepSizes(rprop, learningRate);
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

    private static void FillStepSizes(Rprop optimizer, double learningRate)
    {
        using var noGrad = no_grad();
        using var rate = learningRate.ToScalar();
        foreach (var state in optimizer.state_dict().State.Cast<Rprop.State>().Where(state => state.step == 0))
        {
            state.step_size.fill_(rate);
        }
    }
}
