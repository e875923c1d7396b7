using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>AdamW: Adam with a weight decay that does not pass through the averages.</summary>
internal sealed class AdamWRule : FusedRule
{
    public static readonly AdamWRule Instance = new();

    public override Operator Operator => Operators.FusedAdamW;

    public override int StateTensors => 3;

    public override long Begin(Parameter parameter, OptimizerState state, OptimizerOptions options)
    {
        var averages = (AdamW.State)state;
        if (((AdamW.Options)options).amsgrad!.Value)
        {
            // It can be switched on when a training has begun.
            averages.max_exp_avg_sq ??= zeros_like(parameter).DetachFromDisposeScope();
        }

        return ++averages.step;
    }

    public override void Collect(OptimizerState state, OptimizerOptions options, List<Tensor> tensors)
    {
        var averages = (AdamW.State)state;
        tensors.Add(averages.exp_avg);
        tensors.Add(averages.exp_avg_sq);
        if (((AdamW.Options)options).amsgrad!.Value)
        {
            tensors.Add(averages.max_exp_avg_sq);
        }
    }

    public override void AddArguments(OperatorCall call, FusedBatch batch, OptimizerOptions options)
        => MathOf(options).AddArguments(call, batch);

    public override void StepAlone(Tensor parameter, Tensor gradient, OptimizerState state, OptimizerOptions options, long step)
    {
        var math = MathOf(options);
        var averages = (AdamW.State)state;
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
        var options = new AdamW.Options
        {
            LearningRate = 0.1,
            beta1 = 0.5,
            beta2 = 0.75,
            eps = 0.01,
            weight_decay = 0.1,
            amsgrad = true,
            maximize = true,
        };
        var state = new AdamW.State(parameter);
        state.Initialize(options);
        return (state, options);
    }

    private static AdamMath MathOf(OptimizerOptions options)
    {
        var numbers = (AdamW.Options)options;
        return new(
            numbers.LearningRate!.Value,
            numbers.beta1!.Value,
            numbers.beta2!.Value,
            numbers.eps!.Value,
            numbers.weight_decay!.Value,
            numbers.amsgrad!.Value,
            numbers.maximize!.Value,
            IsDecoupled: true);
    }
}
