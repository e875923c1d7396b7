using LoopGen;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Mnist;

/// <summary>Tells a digit from its picture, in three steps of convolution.</summary>
[Compile(Optimizer = Optimizer.AdamW, Loss = Loss.CrossEntropy, LearningRate = 2e-3, WeightDecay = 0.01)]
[Metric(Metric.Accuracy)]
internal sealed partial class Cnn : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> layers = Sequential(
        Conv2d(1, 16, 3, padding: 1), MaxPool2d(2), BatchNorm2d(16), ReLU(),
        Conv2d(16, 32, 3, padding: 1), MaxPool2d(2), BatchNorm2d(32), ReLU(),
        Conv2d(32, 64, 3, padding: 1), MaxPool2d(2), BatchNorm2d(64), ReLU(),
        Flatten(), Dropout(0.25), Linear(64 * 3 * 3, 10));

    public Cnn()
        : base(nameof(Cnn)) => RegisterComponents();

    /// <summary>Takes pixels of 0 to 255, shape (N, 1, 28, 28), and returns a logit for each digit, shape (N, 10).</summary>
    public override Tensor forward(Tensor pixels) => layers.call(pixels.to(ScalarType.Float32) / 255);
}
