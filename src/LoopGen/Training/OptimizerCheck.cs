using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Whether an optimizer fits a model and a loop.</summary>
internal static class OptimizerCheck
{
    private const string Remedy = "Make it after the model has moved to its device: CreateOptimizer(device) does both.";

    /// <summary>Throws where a loop with this optimizer would train nothing, or could not run.</summary>
    public static void ThrowIfUnfit(optim.Optimizer optimizer, nn.Module model, string name)
    {
        if (optimizer is TorchSharp.Modules.LBFGS)
        {
            throw new ArgumentException(
                $"{name} is LBFGS, which computes the loss several times per step and needs a closure for that; Fit "
                + "computes it once. Pass a first-order optimizer such as Adam.",
                name);
        }

        // By object: moving a module to another device replaces its parameters by new ones.
        var held = optimizer.parameters().ToHashSet<Tensor>(ReferenceEqualityComparer.Instance);
        if (!model.parameters().Any(parameter => parameter.requires_grad && held.Contains(parameter)))
        {
            throw new ArgumentException(
                $"{name} holds none of the trainable parameters of {model.GetType().Name}, so nothing would be "
                + $"trained. {Remedy}",
                name);
        }

        if (!HasStates(optimizer))
        {
            throw new ArgumentException(
                $"{name} knows parameters that {model.GetType().Name} no longer has, so its first step would fail. {Remedy}",
                name);
        }
    }

    // An optimizer that was given model.parameters() asks the model anew at each step, and so gets the new parameters, but
    // the states that it made belong to the old ones.
    private static bool HasStates(optim.Optimizer optimizer)
    {
        if (optimizer is not TorchSharp.Modules.OptimizerHelper helper || helper.GetType().Assembly != typeof(optim.Optimizer).Assembly)
        {
            return true;
        }

        try
        {
            _ = helper.state_dict();
            return true;
        }
        catch (KeyNotFoundException)
        {
            return false;
        }
    }
}
