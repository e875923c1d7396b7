using LoopGen;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ROOT_NAMESPACE;

/// <summary>LoopGen writes Fit, Evaluate and Predict into it.</summary>
#if (Optimizer == "SGD")
[Compile(Optimizer = Optimizer.SGD, Loss = Loss.LOSS, LearningRate = 1e-2, Momentum = 0.9)]
#else
[Compile(Optimizer = Optimizer.OPTIMIZER, Loss = Loss.LOSS, LearningRate = 1e-3)]
#endif
#if (IsMulticlass || IsBinary)
[Metric(Metric.Accuracy)]
#else
[Metric(Metric.MeanAbsoluteError)]
#endif
public sealed partial class NewModel : Module<Tensor, Tensor>
{
#if (Loss == "CrossEntropy")
    private readonly Module<Tensor, Tensor> layers = Sequential(Linear(4, 64), ReLU(), Linear(64, 3));
#elseif (Loss == "NLL")
    private readonly Module<Tensor, Tensor> layers = Sequential(Linear(4, 64), ReLU(), Linear(64, 3), LogSoftmax(1));
#elseif (Loss == "BCE")
    private readonly Module<Tensor, Tensor> layers = Sequential(Linear(4, 64), ReLU(), Linear(64, 1), Sigmoid());
#else
    private readonly Module<Tensor, Tensor> layers = Sequential(Linear(4, 64), ReLU(), Linear(64, 1));
#endif

    public NewModel()
        : base(nameof(NewModel)) => RegisterComponents();

#if (Loss == "CrossEntropy")
    /// <summary>Takes inputs of shape (N, 4) and returns a logit for each class, (N, 3). Targets: int64, shape (N).</summary>
#elseif (Loss == "NLL")
    /// <summary>Takes inputs of shape (N, 4) and returns log-probabilities, (N, 3). Targets: int64, shape (N).</summary>
#elseif (Loss == "BCEWithLogits")
    /// <summary>Takes inputs of shape (N, 4) and returns a logit, (N, 1). Targets: 0 or 1 as float, shape (N, 1).</summary>
#elseif (Loss == "BCE")
    /// <summary>Takes inputs of shape (N, 4) and returns a probability, (N, 1). Targets: 0 or 1 as float, shape (N, 1).</summary>
#else
    /// <summary>Takes inputs of shape (N, 4) and returns a number, (N, 1). Targets: float, shape (N, 1).</summary>
#endif
    public override Tensor forward(Tensor input) => layers.call(input);
}
