namespace LoopGen;

/// <summary>The figures that <see cref="MetricAttribute"/> can ask for.</summary>
public enum Metric
{
    /// <summary>
    /// The share of predictions that are right, in [0, 1], Keras's <c>"accuracy"</c>: <see cref="LoopGen.Accuracy"/>
    /// under <see cref="Loss.CrossEntropy"/>, <see cref="BinaryAccuracy"/> under <see cref="Loss.BCEWithLogits"/>.
    /// </summary>
    Accuracy,

    /// <summary>
    /// The mean of the squared differences between output and target, Keras's <c>"mean_squared_error"</c>:
    /// <see cref="LoopGen.MeanSquaredError"/>.
    /// </summary>
    MeanSquaredError,

    /// <summary>
    /// The mean of the absolute differences between output and target, Keras's <c>"mean_absolute_error"</c>:
    /// <see cref="LoopGen.MeanAbsoluteError"/>.
    /// </summary>
    MeanAbsoluteError,
}
