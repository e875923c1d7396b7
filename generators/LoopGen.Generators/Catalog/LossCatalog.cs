namespace LoopGen.Generators.Catalog;

/// <summary>The losses.</summary>
internal static class LossCatalog
{
    public const string CrossEntropy = "CrossEntropy";
    public const string BCEWithLogits = "BCEWithLogits";
    public const string MSE = "MSE";

    public static readonly LossRow[] Rows =
    [
        new(
            1,
            CrossEntropy,
            "cross-entropy",
            "CrossEntropyLoss",
            "CheckClassTargets",
            "Are the targets int64 classes that the output has?",
            "int64 class indices: shape (N) for logits of shape (N, C)",
            TakesIgnoreIndex: true),
        new(
            2,
            BCEWithLogits,
            "binary cross-entropy on logits",
            "BCEWithLogitsLoss",
            "CheckProbabilityTargets",
            "Are the targets probabilities in the shape of the output?",
            "probabilities from 0 to 1, in the dtype and shape of the output",
            TakesIgnoreIndex: false),
        new(
            3,
            MSE,
            "mean squared error",
            "MSELoss",
            "CheckSameShape",
            "Does the target have the shape and dtype of the output?",
            "numbers in the dtype and shape of the output",
            TakesIgnoreIndex: false),
    ];

    /// <summary>Stands in where the attribute names no loss; the analyzer has told the user then.</summary>
    public static LossRow Default => Rows[0];

    public static LossRow? Find(int value) => Array.Find(Rows, row => row.Value == value);

    public static LossRow Get(string name) => Array.Find(Rows, row => row.Name == name)!;
}
