namespace LoopGen.Generators.Model;

/// <summary>The metrics.</summary>
internal static class MetricCatalog
{
    /// <summary>The attribute's <c>K</c> where it is not set.</summary>
    public const int DefaultK = 5;

    /// <summary>What <c>K</c> may be.</summary>
    public static readonly NumberRange RangeOfK = new(1, IncludesMinimum: true, Maximum: null, IncludesMaximum: false);

    public static readonly MetricRow[] Rows =
    [
        new(0, "Accuracy", "accuracy", "\"accuracy\"", true, [.. Classes("Accuracy", "accuracy"), .. YesOrNo("BinaryAccuracy", "accuracy")]),
        new(1, "MeanSquaredError", "mean squared error", "\"mean_squared_error\"", false, Numbers("MeanSquaredError", "mean_squared_error")),
        new(2, "MeanAbsoluteError", "mean absolute error", "\"mean_absolute_error\"", false, Numbers("MeanAbsoluteError", "mean_absolute_error")),
        new(3, "TopKAccuracy", "top-{k} accuracy", "\"sparse_top_k_categorical_accuracy\"", true, Classes("TopKAccuracy", "top_k_accuracy", takesK: true)),
        new(4, "R2Score", "R2 score", "\"r2_score\"", true, Numbers("R2Score", "r2_score")),
        new(5, "Precision", "precision", "Precision", true, [.. Classes("Precision", "precision"), .. YesOrNo("BinaryPrecision", "precision")]),
        new(6, "Recall", "recall", "Recall", true, [.. Classes("Recall", "recall"), .. YesOrNo("BinaryRecall", "recall")]),
        new(7, "F1Score", "F1 score", "F1Score", true, [.. Classes("F1Score", "f1_score"), .. YesOrNo("BinaryF1Score", "f1_score")]),
        new(
            8,
            "RocAuc",
            "ROC AUC",
            "AUC",
            true,
            [new(LossCatalog.BCEWithLogits, "RocAuc", "roc_auc"), new(LossCatalog.BCE, "RocAuc", "roc_auc")]),
    ];

    // A loop, because a lambda over the value is an object, and this is asked at every key press.
    public static MetricRow? Find(int value)
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

    /// <summary>The form that fits a loss, or null.</summary>
    public static MetricForm? FormFor(this MetricRow row, string loss)
    {
        foreach (var form in row.Forms)
        {
            if (form.Loss == loss)
            {
                return form;
            }
        }

        return null;
    }

    private static MetricForm[] Classes(string type, string name, bool takesK = false) =>
    [
        new(LossCatalog.CrossEntropy, type, name, TakesIgnoreIndex: true, TakesK: takesK),
        new(LossCatalog.NLL, type, name, TakesIgnoreIndex: true, TakesK: takesK),
    ];

    // A logit above 0 is a probability above 0.5.
    private static MetricForm[] YesOrNo(string type, string name) =>
    [
        new(LossCatalog.BCEWithLogits, type, name, Threshold: "0.0"),
        new(LossCatalog.BCE, type, name, Threshold: "0.5"),
    ];

    private static MetricForm[] Numbers(string type, string name) =>
    [
        new(LossCatalog.MSE, type, name),
        new(LossCatalog.L1, type, name),
        new(LossCatalog.Huber, type, name),
        new(LossCatalog.SmoothL1, type, name),
    ];
}
