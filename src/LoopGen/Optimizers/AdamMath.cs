using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>The numbers of a group, and the step of one parameter, that Adam and AdamW have in common.</summary>
/// <param name="LearningRate">The step size.</param>
/// <param name="Beta1">How much of the average of the gradients is kept.</param>
/// <param name="Beta2">How much of the average of their squares is kept.</param>
/// <param name="Epsilon">What is added to the root.</param>
/// <param name="WeightDecay">The weight decay.</param>
/// <param name="AmsGrad">Whether the largest average of squares is used.</param>
/// <param name="Maximize">Whether the loss is to grow.</param>
/// <param name="IsDecoupled">Whether weights are decayed by themselves (AdamW), or through the gradient (Adam).</param>
internal readonly record struct AdamMath(
    double LearningRate, double Beta1, double Beta2, double Epsilon, double WeightDecay, bool AmsGrad, bool Maximize, bool IsDecoupled)
{
    /// <summary>Adds the arguments of the operator, which are the same for both.</summary>
    public void AddArguments(OperatorCall call, FusedBatch batch) =>
        call.Add(batch.Parameters).Add(batch.Gradients).Add(batch.States[0]).Add(batch.States[1]).Add(batch.States[2])
            .AddRepeated(batch.StepTensor(), batch.Parameters.Count)
            .Add(LearningRate)
            .Add(Beta1)
            .Add(Beta2)
            .Add(WeightDecay)
            .Add(Epsilon)
            .Add(AmsGrad)
            .Add(Maximize)
            .AddNone()
            .AddNone();

    /// <summary>The step of one parameter, in TorchSharp's order, so that both make the same roundings.</summary>
    public void StepAlone(Tensor parameter, Tensor gradient, Tensor average, Tensor squares, Tensor? largest, long step)
    {
        if (Maximize)
        {
            gradient = gradient.neg();
        }

        if (IsDecoupled)
        {
            using var kept = (1 - (LearningRate * WeightDecay)).ToScalar();
            parameter.mul_(kept);
        }
        else if (WeightDecay != 0)
        {
            using var decay = WeightDecay.ToScalar();
            gradient = gradient.add(parameter, decay);
        }

        using var beta1 = Beta1.ToScalar();
        using var beta2 = Beta2.ToScalar();
        using var rest1 = (1 - Beta1).ToScalar();
        using var rest2 = (1 - Beta2).ToScalar();
        average.mul_(beta1).add_(gradient, rest1);
        squares.mul_(beta2).addcmul_(gradient, gradient, rest2);
        if (largest is not null)
        {
            using var larger = maximum(largest, squares);
            squares = largest.copy_(larger);
        }

        using var correction = Math.Sqrt(1 - Math.Pow(Beta2, step)).ToScalar();
        using var epsilon = Epsilon.ToScalar();
        using var size = (-LearningRate / (1 - Math.Pow(Beta1, step))).ToScalar();
        parameter.addcdiv_(average, squares.sqrt().div_(correction).add_(epsilon, Scalars.One), size);
    }
}
