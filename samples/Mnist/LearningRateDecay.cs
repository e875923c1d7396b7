using LoopGen;
using static TorchSharp.torch;

namespace Mnist;

/// <summary>Lowers the learning rate before each epoch, in equal steps that would reach zero after the last.</summary>
internal sealed class LearningRateDecay(optim.Optimizer optimizer) : Callback
{
    private readonly double start = optimizer.ParamGroups.First().LearningRate;

    public override void OnEpochBegin(TrainingRun run, int epoch)
        => optimizer.SetLearningRate(start * (run.Epochs - epoch + 1) / run.Epochs);
}
