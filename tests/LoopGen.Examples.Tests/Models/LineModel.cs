using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace EmittedSample;

/// <summary>One number from three: mean squared error, plain gradient descent, two metrics.</summary>
[LoopGen.Compile(
    Optimizer = LoopGen.Optimizer.SGD, Loss = LoopGen.Loss.MSE, LearningRate = 0.05, Momentum = 0.9)]
[LoopGen.Metric(LoopGen.Metric.MeanAbsoluteError)]
[LoopGen.Metric(LoopGen.Metric.MeanSquaredError)]
public sealed partial class LineModel : Module<Tensor, Tensor>
{
    private readonly Linear line = Linear(3, 1);

    public LineModel()
        : base(nameof(LineModel)) => RegisterComponents();

    public override Tensor forward(Tensor features) => line.call(features);
}
