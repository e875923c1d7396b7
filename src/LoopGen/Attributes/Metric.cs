namespace LoopGen;

/// <summary>The figures that <see cref="MetricAttribute"/> can ask for.</summary>
public enum Metric
{
    /// <summary>
    /// The share of predictions that are right, in [0, 1], Keras's <c>"accuracy"</c>: <see cref="LoopGen.Accuracy"/>
    /// under <see cref="Loss.CrossEntropy"/> and <see cref="Loss.NLL"/>, <see cref="BinaryAccuracy"/> under
    /// <see cref="Loss.BCEWithLogits"/> (an output above 0 is a yes) and <see cref="Loss.BCE"/> (above 0.5).
    /// </summary>
    Accuracy,

    /// <summary>
    /// The mean of the squared differences between output and target, Keras's <c>"mean_squared_error"</c>:
    /// <see cref="LoopGen.MeanSquaredError"/>. Under <see cref="Loss.MSE"/>, <see cref="Loss.L1"/>,
    /// <see cref="Loss.Huber"/> and <see cref="Loss.SmoothL1"/>.
    /// </summary>
    MeanSquaredError,

    /// <summary>
    /// The mean of the absolute differences between output and target, Keras's <c>"mean_absolute_error"</c>:
    /// <see cref="LoopGen.MeanAbsoluteError"/>. Under <see cref="Loss.MSE"/>, <see cref="Loss.L1"/>,
    /// <see cref="Loss.Huber"/> and <see cref="Loss.SmoothL1"/>.
    /// </summary>
    MeanAbsoluteError,

    /// <summary>
    /// The share of targets among the <see cref="MetricAttribute.K"/> highest outputs, in [0, 1], Keras's
    /// <c>"sparse_top_k_categorical_accuracy"</c>: <see cref="LoopGen.TopKAccuracy"/>. Under
    /// <see cref="Loss.CrossEntropy"/> and <see cref="Loss.NLL"/>.
    /// </summary>
    TopKAccuracy,

    /// <summary>
    /// The share of the targets' variance that the outputs explain, at most 1, Keras's <c>"r2_score"</c>:
    /// <see cref="LoopGen.R2Score"/>. Under <see cref="Loss.MSE"/>, <see cref="Loss.L1"/>, <see cref="Loss.Huber"/> and
    /// <see cref="Loss.SmoothL1"/>.
    /// </summary>
    R2Score,

    /// <summary>
    /// The share of predictions that are right, in [0, 1], Keras's <c>Precision</c>: the mean over the classes,
    /// <see cref="LoopGen.Precision"/>, under <see cref="Loss.CrossEntropy"/> and <see cref="Loss.NLL"/>; of the yeses,
    /// <see cref="BinaryPrecision"/>, under <see cref="Loss.BCEWithLogits"/> (an output above 0 is a yes) and
    /// <see cref="Loss.BCE"/> (above 0.5).
    /// </summary>
    Precision,

    /// <summary>
    /// The share of targets that are found, in [0, 1], Keras's <c>Recall</c>: the mean over the classes,
    /// <see cref="LoopGen.Recall"/>, under <see cref="Loss.CrossEntropy"/> and <see cref="Loss.NLL"/>; of the yeses,
    /// <see cref="BinaryRecall"/>, under <see cref="Loss.BCEWithLogits"/> (an output above 0 is a yes) and
    /// <see cref="Loss.BCE"/> (above 0.5).
    /// </summary>
    Recall,

    /// <summary>
    /// The harmonic mean of precision and recall, in [0, 1], Keras's <c>F1Score</c>: the mean over the classes,
    /// <see cref="LoopGen.F1Score"/>, under <see cref="Loss.CrossEntropy"/> and <see cref="Loss.NLL"/>; of the yeses,
    /// <see cref="BinaryF1Score"/>, under <see cref="Loss.BCEWithLogits"/> (an output above 0 is a yes) and
    /// <see cref="Loss.BCE"/> (above 0.5).
    /// </summary>
    F1Score,

    /// <summary>
    /// The area under the ROC curve, in [0, 1], Keras's <c>AUC</c>, but exact: <see cref="LoopGen.RocAuc"/>. It keeps
    /// all outputs of an epoch, and is reported at its end only. Under <see cref="Loss.BCEWithLogits"/> and
    /// <see cref="Loss.BCE"/>.
    /// </summary>
    RocAuc,
}
