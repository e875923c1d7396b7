using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoopGen.Benchmarks.Training.Models;

/// <summary>With the checks of <c>[StopOnNaN]</c>.</summary>
[Compile(Loss = Loss.CrossEntropy)]
[Metric(Metric.Accuracy)]
[StopOnNaN]
internal sealed partial class Careful : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> layers;

    public Careful(int width)
        : base(nameof(Careful))
    {
        this.layers = Layers.Of(width);
        this.RegisterComponents();
    }

    public override Tensor forward(Tensor image) => this.layers.call(image);
}
