using LoopGen;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Digits;

/// <summary>Tells which digit an image of 8 × 8 pixels shows.</summary>
[Compile(Optimizer = Optimizer.AdamW, Loss = Loss.CrossEntropy, LearningRate = 2e-3, WeightDecay = 0.01)]
[Metric(Metric.Accuracy)]
internal sealed partial class DigitClassifier : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> layers = Sequential(
        Conv2d(1, 16, 3, padding: 1), ReLU(),
        Conv2d(16, 32, 3, padding: 1), ReLU(), MaxPool2d(2),
        Flatten(), Dropout(0.3), Linear(32 * 4 * 4, 10));

    public DigitClassifier()
        : base(nameof(DigitClassifier)) => RegisterComponents();

    /// <summary>Takes pixels of 0 to 16, shape (N, 1, 8, 8), and returns a logit for each digit, shape (N, 10).</summary>
    public override Tensor forward(Tensor pixels) => layers.call(pixels.to(ScalarType.Float32) / 16);
}
