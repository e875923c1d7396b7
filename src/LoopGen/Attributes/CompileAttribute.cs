namespace LoopGen;

/// <summary>
/// Makes a class a trained model: the generator writes <c>Fit</c>, <c>Evaluate</c> and <c>Predict</c> for it, with the
/// optimizer and the loss named here.
/// </summary>
/// <remarks>
/// The class must be <c>partial</c> and derive from one of TorchSharp's <c>torch.nn.Module&lt;...&gt;</c> classes.
/// A hyperparameter that is not set takes PyTorch's default, which is what the documentation of each member states
/// (TorchSharp's own defaults differ in places: its AdamW has no weight decay). The defaults are applied by the
/// generator, which sees what was written; reading a numeric member of an attribute instance gives the default of its
/// type where it was not set. See <see href="https://pytorch.org/docs/stable/optim.html">torch.optim</see> and, for
/// the verb, <see href="https://keras.io/api/models/model_training_apis/#compile-method">Keras's compile</see>.
/// </remarks>
/// <example>
/// <code>
/// [Compile(Optimizer = Optimizer.AdamW, Loss = Loss.CrossEntropy, LearningRate = 1e-3, WeightDecay = 0.01)]
/// public sealed partial class DigitClassifier : Module&lt;Tensor, Tensor&gt; { ... }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CompileAttribute : Attribute
{
    /// <summary>The optimizer that updates the weights. Default: <see cref="Optimizer.AdamW"/>.</summary>
    public Optimizer Optimizer { get; set; } = Optimizer.AdamW;

    /// <summary>
    /// The loss that is minimized. It has no default: a model that names none is reported when it is compiled.
    /// </summary>
    public Loss Loss { get; set; }

    /// <summary>
    /// The step size, torch's <c>lr</c>; the default of <c>Fit</c>'s argument <c>learningRate</c>.
    /// For every optimizer. Default: 0.01 for <see cref="Optimizer.RMSprop"/>, 0.001 for the others.
    /// </summary>
    public double LearningRate { get; set; }

    /// <summary>
    /// Torch's <c>weight_decay</c>, at least 0: decoupled from the gradient in <see cref="Optimizer.AdamW"/>, an L2
    /// penalty added to it in <see cref="Optimizer.Adam"/>, <see cref="Optimizer.SGD"/> and <see cref="Optimizer.RMSprop"/>.
    /// Default: 0.01 for AdamW, 0 for the others.
    /// </summary>
    public double WeightDecay { get; set; }

    /// <summary>
    /// Whether biases and the weights of norms (parameters of fewer than two dimensions) are left out of the weight
    /// decay, in a parameter group of their own. For every optimizer. Default: false, as in PyTorch.
    /// </summary>
    public bool DecayExclude { get; set; }

    /// <summary>
    /// Torch's <c>momentum</c>, the share of the previous update that is kept, at least 0. For
    /// <see cref="Optimizer.SGD"/> and <see cref="Optimizer.RMSprop"/>. Default: 0.
    /// </summary>
    public double Momentum { get; set; }

    /// <summary>
    /// Torch's <c>dampening</c>, the share of the gradient that does not enter the momentum. For
    /// <see cref="Optimizer.SGD"/>. Default: 0.
    /// </summary>
    public double Dampening { get; set; }

    /// <summary>
    /// The first of torch's <c>betas</c>, the decay of the running mean of the gradient, in [0, 1). For
    /// <see cref="Optimizer.AdamW"/> and <see cref="Optimizer.Adam"/>. Default: 0.9.
    /// </summary>
    public double Beta1 { get; set; }

    /// <summary>
    /// The second of torch's <c>betas</c>, the decay of the running mean of the squared gradient, in [0, 1). For
    /// <see cref="Optimizer.AdamW"/> and <see cref="Optimizer.Adam"/>. Default: 0.999.
    /// </summary>
    public double Beta2 { get; set; }

    /// <summary>
    /// Torch's <c>eps</c>, which is added to a denominator so that nothing is divided by zero. For
    /// <see cref="Optimizer.AdamW"/>, <see cref="Optimizer.Adam"/> and <see cref="Optimizer.RMSprop"/>. Default: 1e-8.
    /// </summary>
    public double Epsilon { get; set; }

    /// <summary>
    /// Torch's <c>alpha</c>, Keras's <c>rho</c>: the decay of the running mean of the squared gradient, in [0, 1). For
    /// <see cref="Optimizer.RMSprop"/>. Default: 0.99.
    /// </summary>
    public double Alpha { get; set; }

    /// <summary>
    /// Torch's <c>nesterov</c>: Nesterov's momentum, which needs a <see cref="Momentum"/> above 0 and a
    /// <see cref="Dampening"/> of 0. For <see cref="Optimizer.SGD"/>. Default: false.
    /// </summary>
    public bool Nesterov { get; set; }

    /// <summary>
    /// Torch's <c>amsgrad</c>, the variant of Adam that keeps the largest second moment. For
    /// <see cref="Optimizer.AdamW"/> and <see cref="Optimizer.Adam"/>. Default: false.
    /// </summary>
    public bool AmsGrad { get; set; }

    /// <summary>
    /// Torch's <c>centered</c>: divide by the gradient's running variance, not by its running square. For
    /// <see cref="Optimizer.RMSprop"/>. Default: false.
    /// </summary>
    public bool Centered { get; set; }

    /// <summary>
    /// Torch's <c>maximize</c>: climb instead of descend. For every optimizer. Default: false.
    /// </summary>
    public bool Maximize { get; set; }

    /// <summary>
    /// Torch's <c>ignore_index</c>, the target value that takes no part in loss and accuracy (padding, for example).
    /// For <see cref="Loss.CrossEntropy"/>. Default: -100.
    /// </summary>
    public long IgnoreIndex { get; set; }

    /// <summary>
    /// Torch's <c>delta</c>, the error from which on the loss is linear, above 0 and in the unit of the target. For
    /// <see cref="Loss.Huber"/>. Default: 1.
    /// </summary>
    public double Delta { get; set; }

    /// <summary>
    /// Torch's <c>beta</c>, the error from which on the loss is linear, at least 0 (with 0 it is <see cref="Loss.L1"/>)
    /// and in the unit of the target. For <see cref="Loss.SmoothL1"/>. Default: 1.
    /// </summary>
    public double Beta { get; set; }

    /// <summary>
    /// Torch's <c>label_smoothing</c>: the share of each target that is spread evenly over all classes, in [0, 1). In
    /// training and evaluation alike. For <see cref="Loss.CrossEntropy"/>. Default: 0.
    /// </summary>
    public double LabelSmoothing { get; set; }

    /// <summary>
    /// A weight for each class, torch's <c>weight</c>: at least two, finite, none below 0, not all 0. The loss of a
    /// target is multiplied by the weight of its class, in training and evaluation alike; what the sum is divided by
    /// is <see cref="Divisor"/>. For <see cref="Loss.CrossEntropy"/> and <see cref="Loss.NLL"/>. Default: none.
    /// </summary>
    public double[] ClassWeights { get; set; } = [];

    /// <summary>
    /// What the sum of weighted losses is divided by. With <see cref="ClassWeights"/>, and for every loss with
    /// <see cref="SampleWeightsAttribute">[SampleWeights]</see>. Default: <see cref="LossDivisor.Targets"/>.
    /// </summary>
    public LossDivisor Divisor { get; set; }
}
