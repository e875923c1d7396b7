namespace LoopGen.Generators.Catalog;

/// <summary>One metric.</summary>
/// <param name="Value">Value of the member of <c>LoopGen.Metric</c>.</param>
/// <param name="Name">Name of that member, and of the figure unless the attribute renames it.</param>
/// <param name="Title">In a sentence: "accuracy".</param>
/// <param name="Forms">The library type to use under each loss that the metric fits; the first one stands in for the rest.</param>
internal sealed record MetricRow(int Value, string Name, string Title, MetricForm[] Forms);
