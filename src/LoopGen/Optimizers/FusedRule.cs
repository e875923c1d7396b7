using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>An algorithm: which operator makes its step over many parameters, and how it is made without that operator.</summary>
internal abstract class FusedRule
{
    /// <summary>The operator of libtorch.</summary>
    public abstract Operator Operator { get; }

    /// <summary>How many tensors there can be in a parameter's state.</summary>
    public abstract int StateTensors { get; }

    /// <summary>Begins a parameter's step: counts it, and makes what the state lacks.</summary>
    /// <returns>What all parameters of one call have in common: their step from 1, or whether it is their first.</returns>
    public abstract long Begin(Parameter parameter, OptimizerState state, OptimizerOptions options);

    /// <summary>Adds the tensors of a parameter's state to a list, in the operator's order.</summary>
    public abstract void Collect(OptimizerState state, OptimizerOptions options, List<Tensor> tensors);

    /// <summary>Adds all arguments of the operator to a call.</summary>
    public abstract void AddArguments(OperatorCall call, FusedBatch batch, OptimizerOptions options);

    /// <summary>The step of one parameter by TorchSharp's operations, with numbers that are held while they are used.</summary>
    /// <param name="parameter">The parameter, or its real view.</param>
    /// <param name="gradient">Its gradient, dense, in the same form.</param>
    /// <param name="state">The parameter's state; its tensors are complex where the parameter is.</param>
    /// <param name="options">The group's numbers.</param>
    /// <param name="step">What <see cref="Begin"/> has returned.</param>
    public abstract void StepAlone(Tensor parameter, Tensor gradient, OptimizerState state, OptimizerOptions options, long step);

    /// <summary>A new state and numbers under which every part of the algorithm has an effect.</summary>
    public abstract (OptimizerState State, OptimizerOptions Options) ForTrial(Parameter parameter);

    /// <summary>A complex tensor as pairs of real numbers, which is how torch's optimizers see it; others as they are.</summary>
    protected static Tensor Real(Tensor tensor) => tensor.is_complex() ? tensor.view_as_real() : tensor;
}
