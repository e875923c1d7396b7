using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace EmittedSample;

/// <summary>The twin of the hand-written example: the same layers, its loop emitted.</summary>
[LoopGen.Compile(
    Optimizer = LoopGen.Optimizer.AdamW, Loss = LoopGen.Loss.CrossEntropy, LearningRate = 1e-3, WeightDecay = 0.01)]
[LoopGen.Metric(LoopGen.Metric.Accuracy)]
public sealed partial class DigitClassifier : Module<Tensor, Tensor>
{
    private readonly Sequential layers = Sequential(Linear(64, 32), ReLU(), Dropout(0.1), Linear(32, 10));

    public DigitClassifier()
        : base(nameof(DigitClassifier)) => RegisterComponents();

    public override Tensor forward(Tensor image) => layers.call(image);
}
