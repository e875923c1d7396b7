using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Stochastic gradient descent. The momentum begins as the first gradient.</summary>
internal sealed class SgdRule : FusedRule
{
    public static readonly SgdRule Instance = new();

    /// <summary>What the parameters of a call have in common: the buffers were made for this step, or were there.</summary>
    private const long First = 1;

    private const long Later = 2;

    public override Operator Operator => Operators.FusedSgd;

    public override int StateTensors => 1;

    public override long Begin(Parameter parameter, OptimizerState state, OptimizerOptions options)
    {
        var buffers = (SGD.State)state;
        if (((SGD.Options)options).momentum == 0 || buffers.momentum_buffer is not null)
        {
            return Later;
        }

        buffers.momentum_buffer = zeros_like(parameter).DetachFromDisposeScope();
        return First;
    }

    public override void Collect(OptimizerState state, OptimizerOptions options, List<Tensor> tensors)
    {
        if (((SGD.Options)options).momentum != 0)
        {
            tensors.Add(((SGD.State)state).momentum_buffer);
        }
    }

    public override void AddArguments(OperatorCall call, FusedBatch batch, OptimizerOptions options)
    {
        var numbers = (SGD.Options)options;
        call.Add(batch.Parameters).Add(batch.Gradients).Add(batch.States[0])
            .Add(numbers.weight_decay!.Value)
            .Add(numbers.momentum!.Value)
            .Add(numbers.LearningRate!.Value)
            .Add(numbers.dampening!.Value)
            .Add(numbers.nesterov!.Value)
            .Add(numbers.maximize!.Value)
            .Add(batch.Step == First)
            .AddNone()
            .AddNone();
    }

    public override void StepAlone(Tensor parameter, Tensor gradient, OptimizerState state, OptimizerOptions options, long step)
    {
        var numbers = (SGD.Options)options;
        if (numbers.maximize!.Value)
        {
            gradient = gradient.neg();
        }

        if (numbers.weight_decay != 0)
        {
            using var decay = numbers.weight_decay!.Value.ToScalar();
            gradient = gradient.add(parameter, decay);
        }

        if (numbers.momentum != 0)
        {
            using var momentum = numbers.momentum!.Value.ToScalar();
            using var share = (1 - numbers.dampening!.Value).ToScalar();
            var buffer = Real(((SGD.State)state).momentum_buffer);
            if (step == First)
            {
                buffer.copy_(gradient);
            }
            else
            {
                buffer.mul_(momentum).add_(gradient, share);
            }

            gradient = numbers.nesterov!.Value ? gradient.add(buffer, momentum) : buffer;
        }

        using var rate = (-numbers.LearningRate!.Value).ToScalar();
        parameter.add_(gradient, rate);
    }

    public override (OptimizerState State, OptimizerOptions Options) ForTrial(Parameter parameter)
    {
        var options = new SGD.Options
        {
            LearningRate = 0.1,
            momentum = 0.5,
            dampening = 0,
            weight_decay = 0.1,
            nesterov = true,
            maximize = true,
        };
        return (new SGD.State(parameter), options);
    }
}
