using LoopGen;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Mnist;

/// <summary>Tells a digit from its pixels, which are to it a list of numbers and no picture.</summary>
[Compile(Optimizer = Optimizer.AdamW, Loss = Loss.CrossEntropy, LearningRate = 1e-3, WeightDecay = 0.01)]
[Metric(Metric.Accuracy)]
internal sealed partial class Mlp : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> layers = Sequential(
        Flatten(),
        Linear(28 * 28, 256), ReLU(), Dropout(0.2),
        Linear(256, 128), ReLU(), Dropout(0.2),
        Linear(128, 10));

    public Mlp()
        : base(nameof(Mlp)) => RegisterComponents();

    /// <summary>Takes pixels of 0 to 255, shape (N, 1, 28, 28), and returns a logit for each digit, shape (N, 10).</summary>
    public override Tensor forward(Tensor pixels) => layers.call(pixels.to(ScalarType.Float32) / 255);
}
