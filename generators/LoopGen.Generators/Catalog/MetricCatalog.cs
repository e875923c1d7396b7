namespace LoopGen.Generators.Catalog;

/// <summary>The metrics.</summary>
internal static class MetricCatalog
{
    public static readonly MetricRow[] Rows =
    [
        new(
            0,
            "Accuracy",
            "accuracy",
            [
                new(LossCatalog.CrossEntropy, "Accuracy", "accuracy", TakesIgnoreIndex: true),

                // A logit above 0 is a probability above 0.5.
                new(LossCatalog.BCEWithLogits, "BinaryAccuracy", "accuracy", Threshold: "0.0"),
            ]),
        new(
            1,
            "MeanSquaredError",
            "mean squared error",
            [new(LossCatalog.MSE, "MeanSquaredError", "mean_squared_error")]),
        new(
            2,
            "MeanAbsoluteError",
            "mean absolute error",
            [new(LossCatalog.MSE, "MeanAbsoluteError", "mean_absolute_error")]),
    ];

    public static MetricRow? Find(int value) => Array.Find(Rows, row => row.Value == value);

    /// <summary>The form that fits a loss, or null.</summary>
    public static MetricForm? FormFor(this MetricRow row, string loss) => Array.Find(row.Forms, form => form.Loss == loss);
}
