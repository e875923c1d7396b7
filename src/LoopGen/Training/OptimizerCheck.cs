using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Whether an optimizer fits a model and a loop.</summary>
internal static class OptimizerCheck
{
    private const string Remedy = "Make it after the model has moved to its device: CreateOptimizer(device) does both.";

    private static readonly ConditionalWeakTable<optim.Optimizer, Known> Fit = new();

    /// <summary>The same, at the price of a look-up where the two are known to fit.</summary>
    public static void ThrowIfUnfitOnce(optim.Optimizer optimizer, nn.Module model, string name)
    {
        // A model that moves gets new parameters, and frees the old ones.
        if (Fit.TryGetValue(optimizer, out var known) && known.Model.TryGetTarget(out var of) && ReferenceEquals(of, model)
            && known.Parameter.TryGetTarget(out var parameter) && !parameter.IsInvalid)
        {
            return;
        }

        ThrowIfUnfit(optimizer, model, name);
        var first = model.parameters().First(candidate => candidate.requires_grad);
        Fit.AddOrUpdate(optimizer, new Known(new WeakReference<nn.Module>(model), new WeakReference<Tensor>(first)));
    }

    /// <summary>Whether a number can be a learning rate.</summary>
    public static bool IsRate(double rate) => double.IsFinite(rate) && rate >= 0;

    /// <summary>A learning rate of the optimizer that is none; null where all are.</summary>
    public static double? WrongRate(optim.Optimizer optimizer)
    {
        foreach (var group in optimizer.ParamGroups ?? [])
        {
            if (!IsRate(group.LearningRate))
            {
                return group.LearningRate;
            }
        }

        return null;
    }

    public static ArgumentOutOfRangeException NoRate(double rate) =>
        new("learningRate", rate, "learningRate must be a finite number that is at least 0.");

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

        if (WrongRate(optimizer) is { } rate)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{name} has a learning rate of {rate}, which is not a finite number that is at least 0."),
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
        if (optimizer is not TorchSharp.Modules.OptimizerHelper helper || (helper is not IFusedOptimizer && helper.GetType().Assembly != typeof(optim.Optimizer).Assembly))
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

    private sealed record Known(WeakReference<nn.Module> Model, WeakReference<Tensor> Parameter);
}
