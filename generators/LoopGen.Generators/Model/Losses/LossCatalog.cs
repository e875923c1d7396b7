using static LoopGen.Generators.Model.NumberRange;

namespace LoopGen.Generators.Model;

/// <summary>The losses. Names are TorchSharp's (a test reads them from its metadata), defaults PyTorch's.</summary>
internal static class LossCatalog
{
    public const string CrossEntropy = "CrossEntropy";
    public const string BCEWithLogits = "BCEWithLogits";
    public const string MSE = "MSE";
    public const string L1 = "L1";
    public const string Huber = "Huber";
    public const string SmoothL1 = "SmoothL1";
    public const string NLL = "NLL";
    public const string BCE = "BCE";

    private const string Classes = "classes";
    private const string YesOrNo = "yes or no";
    private const string Numbers = "numbers";
    /// <summary>What torch's mean is over where every element of a target is a number of its own.</summary>
    public const string AllElements = "all elements";

    private const string SameShape = "CheckSameShape";
    private const string SameShapeQuestion = "Does the target have the shape and dtype of the output?";
    private const string AnyNumbers = "numbers of any shape";
    private const string NumbersLikeOutput = "numbers in the dtype and shape of the output";

    public static readonly LossRow[] Rows =
    [
        new(
            1,
            CrossEntropy,
            "cross-entropy",
            "CrossEntropyLoss",
            "\"sparse_categorical_crossentropy\" with from_logits=True",
            Classes,
            "CheckClassTargets",
            "Are the targets int64 classes that the output has?",
            "logits of shape (N, C) or (N, C, d1, ...)",
            "int64 class indices: shape (N) for logits of shape (N, C)",
            "targets that are not ignored",
            [],
            TakesIgnoreIndex: true,
            TakesClassWeights: true,
            ConstructorParameters: [new("LabelSmoothing", "label_smoothing", 0, BelowOne)]),
        new(
            2,
            BCEWithLogits,
            "binary cross-entropy on logits",
            "BCEWithLogitsLoss",
            "\"binary_crossentropy\" with from_logits=True",
            YesOrNo,
            "CheckProbabilityTargets",
            "Are the targets probabilities in the shape of the output?",
            "logits of any shape",
            "probabilities from 0 to 1, in the dtype and shape of the output",
            AllElements,
            []),
        new(
            3,
            MSE,
            "mean squared error",
            "MSELoss",
            "\"mean_squared_error\"",
            Numbers,
            SameShape,
            SameShapeQuestion,
            AnyNumbers,
            NumbersLikeOutput,
            AllElements,
            []),
        new(
            4,
            L1,
            "mean absolute error",
            "L1Loss",
            "\"mean_absolute_error\"",
            Numbers,
            SameShape,
            SameShapeQuestion,
            AnyNumbers,
            NumbersLikeOutput,
            AllElements,
            []),
        new(
            5,
            Huber,
            "Huber loss",
            "HuberLoss",
            "\"huber\"",
            Numbers,
            SameShape,
            SameShapeQuestion,
            AnyNumbers,
            NumbersLikeOutput,
            AllElements,
            [new("Delta", "delta", 1, Positive)]),
        new(
            6,
            SmoothL1,
            "smooth L1 loss",
            "SmoothL1Loss",
            null,
            Numbers,
            SameShape,
            SameShapeQuestion,
            AnyNumbers,
            NumbersLikeOutput,
            AllElements,
            [new("Beta", "beta", 1, NotNegative)]),

        // TorchSharp's has no ignore_index.
        new(
            7,
            NLL,
            "negative log-likelihood",
            "NLLLoss",
            null,
            Classes,
            "CheckLogProbabilities",
            "Are the outputs log-probabilities and the targets int64 classes?",
            "log-probabilities of shape (N, C) or (N, C, d1, ...)",
            "int64 class indices: shape (N) for log-probabilities of shape (N, C)",
            "all targets",
            [],
            TakesClassWeights: true),
        new(
            8,
            BCE,
            "binary cross-entropy",
            "BCELoss",
            "\"binary_crossentropy\"",
            YesOrNo,
            "CheckProbabilities",
            "Are outputs and targets probabilities of one shape?",
            "probabilities from 0 to 1, of any shape",
            "probabilities from 0 to 1, in the dtype and shape of the output",
            AllElements,
            []),
    ];

    /// <summary>Stands in where the attribute names no loss; the analyzer has told the user then.</summary>
    public static LossRow Default => Rows[0];

    /// <summary>The first choice for each purpose.</summary>
    public static IEnumerable<LossRow> Suggested => Rows.Where(row => Array.Find(Rows, other => other.Purpose == row.Purpose) == row);

    // A loop, because a lambda over the value is an object, and this is asked at every key press.
    public static LossRow? Find(int value)
    {
        foreach (var row in Rows)
        {
            if (row.Value == value)
            {
                return row;
            }
        }

        return null;
    }

    public static LossRow Get(string name) => Array.Find(Rows, row => row.Name == name)!;
}
