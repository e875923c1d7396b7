using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The step of an optimizer: one call of a fused operator for all parameters of a group that are on one device, of one type and
/// at one step. Parameters that the operator can't be given are stepped one by one.
/// </summary>
internal sealed class FusedStep(FusedRule rule) : IDisposable
{
    private readonly OperatorCall call = new(rule.Operator);
    private readonly OperatorCall copy = new(Operators.Copy);
    private readonly List<FusedBatch> batches = [];
    private readonly List<Tensor> tensors = [];
    private bool isDisposed;

    /// <summary>Why some parameters are stepped one by one, a clause; null where all are stepped together.</summary>
    public string? WhyNotFused { get; private set; }

    /// <summary>Finds out whether the parameters of a group can be stepped together.</summary>
    public void Look(IEnumerable<Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            WhyNotFused ??= FusedSupport.WhyNot(rule, parameter.device, parameter.dtype);
        }
    }

    /// <summary>Makes a step of all parameters that have a gradient.</summary>
    public Tensor? Step(IEnumerable<ParamGroup> groups, OrderedDict<nint, OptimizerState> states, Func<Tensor>? closure)
    {
        ObjectDisposedException.ThrowIf(isDisposed, typeof(optim.Optimizer));
        Tensor? loss = null;
        if (closure is not null)
        {
            using var gradients = enable_grad();
            loss = closure();
        }

        using var noGrad = no_grad();
        foreach (var group in groups)
        {
            Step(group, states);
        }

        return loss;
    }

    public void Dispose()
    {
        isDisposed = true;
        foreach (var batch in batches)
        {
            batch.Dispose();
        }

        batches.Clear();
    }

    private void Step(ParamGroup group, OrderedDict<nint, OptimizerState> states)
    {
        try
        {
            foreach (var parameter in group.Parameters)
            {
                if (parameter.grad is { } gradient)
                {
                    Sort(parameter, gradient, states[parameter.Handle], group.Options);
                }
            }

            foreach (var batch in batches)
            {
                if (batch.Parameters.Count > 0)
                {
                    rule.AddArguments(call, batch, group.Options);
                    call.Invoke();

                    // The fused operators do not count their writes, by which a backward pass through weights that were changed
                    // since is found out. A copy of a tensor to itself counts one, and copies nothing.
                    copy.Add(batch.Parameters).Add(batch.Parameters).Add(false).Invoke();
                }
            }
        }
        finally
        {
            foreach (var batch in batches)
            {
                batch.Clear();
            }
        }
    }

    /// <summary>Puts a parameter into the batch that it belongs to, or steps it alone.</summary>
    private void Sort(Parameter parameter, Tensor gradient, OptimizerState state, OptimizerOptions options)
    {
        var step = rule.Begin(parameter, state, options);
        tensors.Clear();
        rule.Collect(state, options, tensors);
        if (BatchFor(parameter, step) is not { } batch || !IsWalkable(parameter))
        {
            StepAlone(parameter, gradient, state, options, step);
            return;
        }

        if (gradient.is_sparse || gradient.dtype != parameter.dtype || !MemoryLayout.IsAlike(parameter, gradient))
        {
            using var other = gradient;
            using var scope = NewDisposeScope();
            gradient = empty_like(parameter).copy_(other.is_sparse ? other.to_dense() : other).MoveToOuterDisposeScope();
        }

        batch.Add(parameter, gradient, tensors, step);
    }

    private bool IsWalkable(Tensor parameter)
    {
        if (!MemoryLayout.IsDense(parameter))
        {
            return false;
        }

        foreach (var tensor in tensors)
        {
            if (!MemoryLayout.IsAlike(parameter, tensor))
            {
                return false;
            }
        }

        return true;
    }

    private FusedBatch? BatchFor(Tensor parameter, long step)
    {
        var (type, index, dtype) = (parameter.device_type, parameter.device_index, parameter.dtype);
        foreach (var batch in batches)
        {
            if (batch.Takes(type, index, dtype, step))
            {
                return batch;
            }
        }

        if (FusedSupport.WhyNot(rule, parameter.device, dtype) is not null)
        {
            return null;
        }

        var made = new FusedBatch(type, index, dtype, rule.StateTensors);
        batches.Add(made);
        return made;
    }

    private void StepAlone(Parameter parameter, Tensor gradient, OptimizerState state, OptimizerOptions options, long step)
    {
        using var given = gradient;
        using var scope = NewDisposeScope();
        var dense = gradient.is_sparse ? gradient.to_dense() : gradient;
        if (parameter.is_complex())
        {
            rule.StepAlone(parameter.view_as_real(), dense.resolve_conj().view_as_real(), state, options, step);
        }
        else
        {
            rule.StepAlone(parameter, dense, state, options, step);
        }
    }
}
