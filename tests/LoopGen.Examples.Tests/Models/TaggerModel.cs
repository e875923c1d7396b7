using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace EmittedSample;

/// <summary>A class for every place of a sequence, of which some are padding.</summary>
[LoopGen.Compile(
    Optimizer = LoopGen.Optimizer.Adam, Loss = LoopGen.Loss.CrossEntropy, LearningRate = 0.01, IgnoreIndex = -1)]
[LoopGen.Metric(LoopGen.Metric.Accuracy)]
public sealed partial class TaggerModel : Module<Tensor, Tensor>
{
    private readonly Embedding embedding = Embedding(6, 4);

    public TaggerModel()
        : base(nameof(TaggerModel)) => RegisterComponents();

    /// <summary>Logits of shape (N, 4, T) for tokens of shape (N, T).</summary>
    public override Tensor forward(Tensor tokens) => embedding.call(tokens).transpose(1, 2);
}
