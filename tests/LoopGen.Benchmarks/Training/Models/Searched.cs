using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoopGen.Benchmarks.Training.Models;

/// <summary>With the search of <c>[DetectAnomaly]</c>.</summary>
[Compile(Loss = Loss.CrossEntropy)]
[Metric(Metric.Accuracy)]
[DetectAnomaly]
internal sealed partial class Searched : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> layers;

    public Searched(int width)
        : base(nameof(Searched))
    {
        this.layers = Layers.Of(width);
        this.RegisterComponents();
    }

    public override Tensor forward(Tensor image) => this.layers.call(image);
}
