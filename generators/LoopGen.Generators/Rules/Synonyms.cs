namespace LoopGen.Generators.Rules;

/// <summary>What PyTorch and Keras call the members of our enums and the properties of our attributes.</summary>
internal static class Synonyms
{
    /// <summary>Where others have no names of their own.</summary>
    public static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Of the attributes.</summary>
    public static readonly IReadOnlyDictionary<string, string> Attributes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Compiled"] = "Compile",
        ["CompileModel"] = "Compile",
        ["Trained"] = "Compile",
        ["Metrics"] = "Metric",
    };

    /// <summary>Of the properties of <c>[Compile]</c> and <c>[Metric]</c>.</summary>
    public static readonly IReadOnlyDictionary<string, string> Properties = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["lr"] = "LearningRate",
        ["step_size"] = "LearningRate",
        ["eps"] = "Epsilon",
        ["beta_1"] = "Beta1",
        ["beta_2"] = "Beta2",
        ["decay"] = "WeightDecay",
        ["rho"] = "Alpha",
        ["optim"] = "Optimizer",
        ["top_k"] = "K",
        ["criterion"] = "Loss",
        ["loss_function"] = "Loss",
        ["loss_fn"] = "Loss",
        ["smoothing"] = "LabelSmoothing",
        ["class_weight"] = "ClassWeights",
        ["weight"] = "ClassWeights",
        ["reduction"] = "Divisor",
    };

    /// <summary>Of the hooks.</summary>
    public static readonly IReadOnlyDictionary<string, string> Hooks = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["on_train_start"] = "OnTrainBegin",
        ["on_fit_start"] = "OnTrainBegin",
        ["on_epoch_start"] = "OnEpochBegin",
        ["on_train_epoch_start"] = "OnEpochBegin",
        ["on_batch_begin"] = "OnBatch",
        ["on_batch_start"] = "OnBatch",
        ["on_train_batch_begin"] = "OnBatch",
        ["on_train_batch_start"] = "OnBatch",
        ["on_before_backward"] = "OnLoss",
        ["on_after_backward"] = "OnGradients",
        ["on_before_optimizer_step"] = "OnGradients",
        ["on_batch_end"] = "OnStep",
        ["on_train_batch_end"] = "OnStep",
        ["on_train_epoch_end"] = "OnEpochEnd",
        ["on_fit_end"] = "OnTrainEnd",
    };

    private static readonly IReadOnlyDictionary<string, string> Optimizers = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["StochasticGradientDescent"] = "SGD",
        ["GradientDescent"] = "SGD",
        ["RootMeanSquarePropagation"] = "RMSprop",
    };

    private static readonly IReadOnlyDictionary<string, string> Losses = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CrossEntropyLoss"] = "CrossEntropy",
        ["categorical_crossentropy"] = "CrossEntropy",
        ["sparse_categorical_crossentropy"] = "CrossEntropy",
        ["SoftmaxCrossEntropy"] = "CrossEntropy",
        ["NLLLoss"] = "NLL",
        ["negative_log_likelihood"] = "NLL",
        ["BCELoss"] = "BCE",
        ["binary_crossentropy"] = "BCE",
        ["BCEWithLogitsLoss"] = "BCEWithLogits",
        ["binary_cross_entropy_with_logits"] = "BCEWithLogits",
        ["MSELoss"] = "MSE",
        ["mean_squared_error"] = "MSE",
        ["L2"] = "MSE",
        ["L2Loss"] = "MSE",
        ["L1Loss"] = "L1",
        ["MAE"] = "L1",
        ["mean_absolute_error"] = "L1",
        ["HuberLoss"] = "Huber",
        ["SmoothL1Loss"] = "SmoothL1",
    };

    private static readonly IReadOnlyDictionary<string, string> Divisors = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["mean_with_sample_weight"] = "Weights",
        ["sum_over_batch_size"] = "Targets",
    };

    private static readonly IReadOnlyDictionary<string, string> Metrics = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["acc"] = "Accuracy",
        ["binary_accuracy"] = "Accuracy",
        ["categorical_accuracy"] = "Accuracy",
        ["sparse_categorical_accuracy"] = "Accuracy",
        ["MSE"] = "MeanSquaredError",
        ["MAE"] = "MeanAbsoluteError",
        ["L1"] = "MeanAbsoluteError",
        ["sparse_top_k_categorical_accuracy"] = "TopKAccuracy",
        ["top_k_categorical_accuracy"] = "TopKAccuracy",
        ["Top5Accuracy"] = "TopKAccuracy",
        ["r_squared"] = "R2Score",
        ["R2"] = "R2Score",
        ["F1"] = "F1Score",
        ["FBetaScore"] = "F1Score",
        ["AUC"] = "RocAuc",
        ["AUROC"] = "RocAuc",
    };

    /// <summary>Of the members of one of our enums.</summary>
    public static IReadOnlyDictionary<string, string> MembersOf(string enumName) => enumName switch
    {
        KnownNames.OptimizerProperty => Optimizers,
        KnownNames.LossProperty => Losses,
        KnownNames.DivisorEnum => Divisors,
        _ => Metrics,
    };
}
