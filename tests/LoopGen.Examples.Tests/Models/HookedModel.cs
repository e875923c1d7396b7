using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace EmittedSample;

/// <summary>Implements every hook: each says that it was called, and calls what a test put in.</summary>
[LoopGen.Compile(Optimizer = LoopGen.Optimizer.SGD, Loss = LoopGen.Loss.MSE, LearningRate = 0.1)]
public sealed partial class HookedModel : Module<Tensor, Tensor>
{
    public readonly Linear Line = Linear(3, 1);

    public HookedModel()
        : base(nameof(HookedModel)) => RegisterComponents();

    /// <summary>What was called, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Called by the hook of this name, and so on for the rest.</summary>
    public Action? AtTrainBegin { get; set; }

    public Action<int>? AtEpochBegin { get; set; }

    public Func<Tensor, Tensor, (Tensor Features, Tensor Target)>? AtBatch { get; set; }

    public Func<Tensor, Tensor>? AtLoss { get; set; }

    public Action<long>? AtGradients { get; set; }

    public Action<long>? AtStep { get; set; }

    public Action<EpochLog>? AtEpochEnd { get; set; }

    public Action<LoopGen.History<EpochLog>>? AtTrainEnd { get; set; }

    public override Tensor forward(Tensor features)
    {
        Calls.Add("forward");
        return Line.call(features);
    }

    partial void OnTrainBegin()
    {
        Calls.Add("train begin");
        AtTrainBegin?.Invoke();
    }

    partial void OnEpochBegin(int epoch)
    {
        Calls.Add($"epoch begin {epoch}");
        AtEpochBegin?.Invoke(epoch);
    }

    partial void OnBatch(long step, ref Tensor features, ref Tensor target)
    {
        Calls.Add($"batch {step}");
        if (AtBatch is not null)
        {
            (features, target) = AtBatch(features, target);
        }
    }

    partial void OnLoss(long step, ref Tensor loss)
    {
        Calls.Add($"loss {step}");
        if (AtLoss is not null)
        {
            loss = AtLoss(loss);
        }
    }

    partial void OnGradients(long step)
    {
        Calls.Add($"gradients {step}");
        AtGradients?.Invoke(step);
    }

    partial void OnStep(long step)
    {
        Calls.Add($"step {step}");
        AtStep?.Invoke(step);
    }

    partial void OnEpochEnd(EpochLog log)
    {
        Calls.Add($"epoch end {log.Epoch}");
        AtEpochEnd?.Invoke(log);
    }

    partial void OnTrainEnd(LoopGen.History<EpochLog> history)
    {
        Calls.Add($"train end {history.Count}");
        AtTrainEnd?.Invoke(history);
    }
}
