using LoopGen;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Trial;

[Compile(Optimizer = Optimizer.AdamW, Loss = Loss.CrossEntropy, LearningRate = 1e-2)]
[Metric(Metric.Accuracy)]
public sealed partial class Net : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> first = Linear(4, 8);
    private readonly Module<Tensor, Tensor> second = Linear(8, 3);

    public Net()
        : base(nameof(Net)) => RegisterComponents();

    public bool Fails { get; init; }

    public override Tensor forward(Tensor sample)
    {
        if (Fails)
        {
            throw new InvalidOperationException("forward was told to fail");
        }

        var hidden = first.call(sample).relu();
        return second.call(hidden);
    }
}
