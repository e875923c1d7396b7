using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Adagrad: steps that are divided by the root of the sum of all squared gradients.</summary>
internal sealed class AdagradRule : FusedRule
{
    public static readonly AdagradRule Instance = new();

    /// <summary>
    /// Begins the sums of a group at their initial value: TorchSharp makes them with a number that is not held while it is
    /// used.
    /// </summary>
    public static void Initialize(ParamGroup group, OrderedDict<nint, OptimizerState> states)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var start = ((Adagrad.Options)group.Options).initial_accumulator_value!.Value.ToScalar();
        foreach (var parameter in group.Parameters)
        {
            Real(((Adagrad.State)states[parameter.Handle]).sum).fill_(start);
        }
    }

    public override Operator Operator => Operators.FusedAdagrad;

    public override int StateTensors => 1;

    public override long Begin(Parameter parameter, OptimizerState state, OptimizerOptions options) => ++((Adagrad.State)state).step;

    public override void Collect(OptimizerState state, OptimizerOptions options, List<Tensor> tensors)
        => tensors.Add(((Adagrad.State)state).sum);

    public override void AddArguments(OperatorCall call, FusedBatch batch, OptimizerOptions options)
    {
        var numbers = (Adagrad.Options)options;
        call.Add(batch.Parameters).Add(batch.Gradients).Add(batch.States[0])
            .AddRepeated(batch.StepTensor(), batch.Parameters.Count)
            .Add(numbers.LearningRate!.Value)
            .Add(numbers.lr_decay!.Value)
            .Add(numbers.weight_decay!.Value)
            .Add(numbers.eps!.Value)
            .Add(false)
            .AddNone()
            .AddNone();
    }

    public override void StepAlone(Tensor parameter, Tensor gradient, OptimizerState state, OptimizerOptions options, long step)
    {
        var numbers = (Adagrad.Options)options;
        if (numbers.weight_decay != 0)
        {
            using var decay = numbers.weight_decay!.Value.ToScalar();
            gradient = gradient.add(parameter, decay);
        }

        using var epsilon = numbers.eps!.Value.ToScalar();
        using var size = (-numbers.LearningRate!.Value / (1 + ((step - 1) * numbers.lr_decay!.Value))).ToScalar();
        var sum = Real(((Adagrad.State)state).sum);
        sum.addcmul_(gradient, gradient, Scalars.One);
        parameter.addcdiv_(gradient, sum.sqrt().add_(epsilon, Scalars.One), size);
    }

    public override (OptimizerState State, OptimizerOptions Options) ForTrial(Parameter parameter)
    {
        var options = new Adagrad.Options
        {
            LearningRate = 0.1,
            lr_decay = 0.5,
            weight_decay = 0.1,
            initial_accumulator_value = 0.5,
            eps = 0.01,
        };
        var state = new Adagrad.State(parameter);
        state.Initialize(options);
        return (state, options);
    }
}
