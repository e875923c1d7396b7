namespace LoopGen.Generators.Model;

/// <summary>One metric.</summary>
/// <param name="Value">Value of the member of <c>LoopGen.Metric</c>.</param>
/// <param name="Name">Name of that member, and of the figure unless the attribute renames it.</param>
/// <param name="Title">In a sentence: "accuracy"; <c>{k}</c> stands for the attribute's <c>K</c>.</param>
/// <param name="Keras">What Keras calls it.</param>
/// <param name="IsHigherBetter">Which way it improves.</param>
/// <param name="Forms">The library type to use under each loss that the metric fits; the first one stands in for the rest.</param>
internal sealed record MetricRow(int Value, string Name, string Title, string Keras, bool IsHigherBetter, MetricForm[] Forms)
{
    /// <summary>Whether it takes the attribute's <c>K</c>.</summary>
    public bool TakesK => this.Forms[0].TakesK;
}
