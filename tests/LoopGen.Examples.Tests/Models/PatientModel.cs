using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace EmittedSample;

/// <summary>A model whose training ends early, and whose state is saved whenever time has passed.</summary>
[LoopGen.Compile(Optimizer = LoopGen.Optimizer.SGD, Loss = LoopGen.Loss.MSE, LearningRate = 0.05)]
[LoopGen.EarlyStopping(Monitor = "loss", Patience = 2, RestoreBest = true)]
[LoopGen.Checkpoint("patient", EveryMinutes = 1e-9)]
public sealed partial class PatientModel : Module<Tensor, Tensor>
{
    private readonly Linear line = Linear(3, 1);

    public PatientModel()
        : base(nameof(PatientModel)) => RegisterComponents();

    public override Tensor forward(Tensor features) => line.call(features);
}
