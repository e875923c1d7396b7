namespace LoopGen.Generators.Rules;

/// <summary>What PyTorch and Keras call the members of our enums and the properties of our attributes.</summary>
internal static class Synonyms
{
    /// <summary>Of the properties of <c>[Compile]</c> and <c>[Metric]</c>.</summary>
    public static readonly IReadOnlyDictionary<string, string> Properties = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["lr"] = "LearningRate",
        ["step_size"] = "LearningRate",
        ["eps"] = "Epsilon",
        ["beta_1"] = "Beta1",
        ["beta_2"] = "Beta2",
        ["decay"] = "WeightDecay",
        ["criterion"] = "Loss",
        ["loss_function"] = "Loss",
        ["loss_fn"] = "Loss",
    };

    private static readonly IReadOnlyDictionary<string, string> Optimizers = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["StochasticGradientDescent"] = "SGD",
        ["GradientDescent"] = "SGD",
    };

    private static readonly IReadOnlyDictionary<string, string> Losses = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CrossEntropyLoss"] = "CrossEntropy",
        ["categorical_crossentropy"] = "CrossEntropy",
        ["sparse_categorical_crossentropy"] = "CrossEntropy",
        ["SoftmaxCrossEntropy"] = "CrossEntropy",
        ["NLL"] = "CrossEntropy",
        ["NLLLoss"] = "CrossEntropy",
        ["BCE"] = "BCEWithLogits",
        ["BCELoss"] = "BCEWithLogits",
        ["BCEWithLogitsLoss"] = "BCEWithLogits",
        ["binary_crossentropy"] = "BCEWithLogits",
        ["binary_cross_entropy_with_logits"] = "BCEWithLogits",
        ["MSELoss"] = "MSE",
        ["mean_squared_error"] = "MSE",
        ["L2"] = "MSE",
        ["L2Loss"] = "MSE",
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
    };

    /// <summary>Of the members of one of our enums.</summary>
    public static IReadOnlyDictionary<string, string> MembersOf(string enumName) => enumName switch
    {
        KnownNames.OptimizerProperty => Optimizers,
        KnownNames.LossProperty => Losses,
        _ => Metrics,
    };
}
