using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace EmittedSample;

/// <summary>A model whose training may fail, and is saved then; its figures are watched for NaN, too.</summary>
[LoopGen.Compile(Optimizer = LoopGen.Optimizer.SGD, Loss = LoopGen.Loss.MSE, LearningRate = 0.05)]
[LoopGen.Checkpoint("salvaged", SaveOnException = true)]
[LoopGen.StopOnNaN]
public sealed partial class SalvagedModel : Module<Tensor, Tensor>
{
    private readonly Linear line = Linear(3, 1);

    public SalvagedModel()
        : base(nameof(SalvagedModel)) => RegisterComponents();

    public Action<long>? AtLoss { get; set; }

    public override Tensor forward(Tensor features) => line.call(features);

    partial void OnLoss(long step, ref Tensor loss) => AtLoss?.Invoke(step);
}
