using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace EmittedSample;

/// <summary>One logit from three numbers: binary cross-entropy, Adam.</summary>
[LoopGen.Compile(
    Optimizer = LoopGen.Optimizer.Adam, Loss = LoopGen.Loss.BCEWithLogits, LearningRate = 0.05)]
[LoopGen.Metric(LoopGen.Metric.Accuracy)]
public sealed partial class YesNoModel : Module<Tensor, Tensor>
{
    private readonly Linear line = Linear(3, 1);

    public YesNoModel()
        : base(nameof(YesNoModel)) => RegisterComponents();

    public override Tensor forward(Tensor features) => line.call(features);
}
