using LoopGen;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoopGenConsole;

/// <summary>Says on which of three arms a point lies. LoopGen writes Fit, Evaluate and Predict into it.</summary>
[Compile(Optimizer = Optimizer.AdamW, Loss = Loss.CrossEntropy, LearningRate = 1e-2)]
[Metric(Metric.Accuracy)]
internal sealed partial class SpiralClassifier : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> layers = Sequential(
        Linear(2, 64), ReLU(),
        Linear(64, 64), ReLU(),
        Linear(64, SpiralData.Arms));

    public SpiralClassifier()
        : base(nameof(SpiralClassifier)) => RegisterComponents();

    /// <summary>Takes points, shape (N, 2), and returns a logit for each arm, shape (N, 3).</summary>
    public override Tensor forward(Tensor point) => layers.call(point);
}
