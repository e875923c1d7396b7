using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoopGen.CrashDrill;

/// <summary>
/// A model that has everything that a crash could lose: dropout and batch normalisation, windows, a schedule, averages, a rule
/// for stopping with the best weights, and a state that is saved every few updates.
/// </summary>
[Compile(Optimizer = Optimizer.AdamW, Loss = Loss.CrossEntropy, LearningRate = 0.01, WeightDecay = 0.05)]
[Metric(Metric.Accuracy)]
[Metric(Metric.F1Score)]
[Schedule(Schedule.Cosine, WarmupSteps = 4, FinalFactor = 0.1)]
[Accumulate(Steps = 2)]
[ClipGradients(Norm = 1, LogNorm = true)]
[Ema(Decay = 0.95)]
[EarlyStopping(Patience = 50, RestoreBest = true)]
[Checkpoint("checkpoints", Monitor = "val_loss", KeepBest = 2, EverySteps = 3, KeepLast = 2)]
public sealed partial class DurableModel : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> layers = Sequential(
        Linear(DrillData.Features, 32), BatchNorm1d(32), ReLU(), Dropout(0.3), Linear(32, DrillData.Classes));

    /// <summary>Makes the model.</summary>
    public DurableModel()
        : base(nameof(DurableModel)) => RegisterComponents();

    /// <summary>Is told of every update, with the number of updates before it.</summary>
    public Action<long>? Stepped { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor features) => layers.call(features);

    partial void OnStep(long step) => Stepped?.Invoke(step);
}
