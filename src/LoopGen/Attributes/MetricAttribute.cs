namespace LoopGen;

/// <summary>
/// Adds one figure to every epoch of a model that has <see cref="CompileAttribute"/>: it is reset when the epoch begins,
/// updated with every batch, and reported for the training data and, as <c>val_...</c>, for the validation data.
/// </summary>
/// <remarks>
/// Several are reported in the order in which they are written. The figure for the training data is over the batches
/// as they were seen while the weights changed, as in Keras; the one for validation is over weights that stand still.
/// </remarks>
/// <example><code>[Metric(Metric.Accuracy)]</code></example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class MetricAttribute : Attribute
{
    /// <summary>On a class: a figure of the catalogue.</summary>
    /// <param name="metric">The figure.</param>
    public MetricAttribute(Metric metric) => Kind = metric;

    /// <summary>On a class: a metric type of one's own.</summary>
    /// <param name="type">
    /// A class derived from <see cref="StreamingMetric"/> with a constructor that takes a <c>torch.Device</c> and
    /// otherwise only optional parameters. A parameter <c>string name</c> is given the name to report.
    /// </param>
    public MetricAttribute(Type type) => Type = type;

    /// <summary>
    /// On a method <c>Tensor Name(Tensor output, Tensor target)</c> of the class: it returns the mean over the batch
    /// as a scalar, which is weighted by the batch's samples, or a vector of one value per sample. It is called with a
    /// detached output, so that no graph is built.
    /// </summary>
    public MetricAttribute()
    {
    }

    /// <summary>The figure, or null for one of one's own.</summary>
    public Metric? Kind { get; }

    /// <summary>The metric type of one's own, or null.</summary>
    public Type? Type { get; }

    /// <summary>
    /// The name to report it under, an identifier in PascalCase: <c>"TopOne"</c> becomes the members <c>TopOne</c> and
    /// <c>ValTopOne</c> of the log and <c>top_one</c>, <c>val_top_one</c> in what is printed. Default: null, which
    /// stands for the name of <see cref="Kind"/>, of the type (without <c>Metric</c>) or of the method. Two of a kind
    /// need it.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// How many of the highest outputs a prediction names, Keras's <c>k</c>: at least 1, and at most the number of
    /// classes. For <see cref="Metric.TopKAccuracy"/>. Default: 5.
    /// </summary>
    public int K { get; set; } = 5;

    /// <summary>
    /// Whether a metric of one's own is better the higher it is: to be said where a block watches it. Those of the
    /// catalogue know it. Default: false.
    /// </summary>
    public bool HigherIsBetter { get; set; }
}
