using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Adam. Its weight decay is part of the gradient.</summary>
internal sealed class AdamRule : FusedRule
{
    public static readonly AdamRule Instance = new();

    public override Operator Operator => Operators.FusedAdam;

    public override int StateTensors => 3;

    public override long Begin(Parameter parameter, OptimizerState state, OptimizerOptions options)
    {
        var averages = (Adam.State)state;
        if (((Adam.Options)options).amsgrad!.Value)
        {
            // It can be switched on when a training has begun.
            averages.max_exp_avg_sq ??= zeros_like(parameter).DetachFromDisposeScope();
        }

        return ++averages.step;
    }

    public override void Collect(OptimizerState state, OptimizerOptions options, List<Tensor> tensors)
    {
        var averages = (Adam.State)state;
        tensors.Add(averages.exp_avg);
        tensors.Add(averages.exp_avg_sq);
        if (((Adam.Options)options).amsgrad!.Value)
        {
            tensors.Add(averages.max_exp_avg_sq);
        }
    }

    public override void AddArguments(OperatorCall call, FusedBatch batch, OptimizerOptions options)
        => MathOf(options).AddArguments(call, batch);

    public override void StepAlone(Tensor parameter, Tensor gradient, OptimizerState state, OptimizerOptions options, long step)
    {
        var math = MathOf(options);
        var averages = (Adam.State)state;
        math.StepAlone(
            parameter,
            gradient,
            Real(averages.exp_avg),
            Real(averages.exp_avg_sq),
            math.AmsGrad ? Real(averages.max_exp_avg_sq) : null,
            step);
    }

    public override (OptimizerState State, OptimizerOptions Options) ForTrial(Parameter parameter)
    {
        var options = new Adam.Options
        {
            LearningRate = 0.1,
            beta1 = 0.5,
            beta2 = 0.75,
            eps = 0.01,
            weight_decay = 0.1,
            amsgrad = true,
            maximize = true,
        };
        var state = new Adam.State(parameter);
        state.Initialize(options);
        return (state, options);
    }

    private static AdamMath MathOf(OptimizerOptions options)
    {
        var numbers = (Adam.Options)options;
        return new(
            numbers.LearningRate!.Value,
            numbers.beta1!.Value,
            numbers.beta2!.Value,
            numbers.eps!.Value,
            numbers.weight_decay!.Value,
            numbers.amsgrad!.Value,
            numbers.maximize!.Value,
            IsDecoupled: false);
    }
}
