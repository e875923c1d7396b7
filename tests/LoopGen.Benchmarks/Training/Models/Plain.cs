using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoopGen.Benchmarks.Training.Models;

/// <summary>With the loop that LoopGen writes for a loss and a metric.</summary>
[Compile(Loss = Loss.CrossEntropy)]
[Metric(Metric.Accuracy)]
internal sealed partial class Plain : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> layers;

    public Plain(int width)
        : base(nameof(Plain))
    {
        this.layers = Layers.Of(width);
        this.RegisterComponents();
    }

    public override Tensor forward(Tensor image) => this.layers.call(image);
}
