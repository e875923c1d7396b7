namespace LoopGen;

/// <summary>
/// Adds one figure to every epoch of a model that has <see cref="CompileAttribute"/>: it is reset when the epoch begins,
/// updated with every batch, and reported for the training data and, as <c>val_...</c>, for the validation data.
/// </summary>
/// <param name="metric">The figure.</param>
/// <remarks>
/// Several are reported in the order in which they are written. The figure for the training data is over the batches
/// as they were seen while the weights changed, as in Keras; the one for validation is over weights that stand still.
/// </remarks>
/// <example><code>[Metric(Metric.Accuracy)]</code></example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MetricAttribute(Metric metric) : Attribute
{
    /// <summary>The figure.</summary>
    public Metric Kind { get; } = metric;

    /// <summary>
    /// The name to report it under, an identifier in PascalCase: <c>"TopOne"</c> becomes the members <c>TopOne</c> and
    /// <c>ValTopOne</c> of the log and <c>top_one</c>, <c>val_top_one</c> in what is printed. Default: null, which
    /// stands for the name of <see cref="Kind"/>. Two of a kind need it.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// How many of the highest outputs a prediction names, Keras's <c>k</c>: at least 1, and at most the number of
    /// classes. For <see cref="Metric.TopKAccuracy"/>. Default: 5.
    /// </summary>
    public int K { get; set; } = 5;
}
