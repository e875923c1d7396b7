namespace LoopGen.Generators.Model;

/// <summary>How a metric is computed under one loss, which says whether outputs are logits, probabilities or values.</summary>
/// <param name="Loss">Name of the loss.</param>
/// <param name="TypeName">The library type.</param>
/// <param name="Name">The figure's name that the type has by itself.</param>
/// <param name="Threshold">The output above which a sample counts as positive, as a literal, or null.</param>
/// <param name="TakesIgnoreIndex">Whether it leaves out the targets that the loss leaves out.</param>
/// <param name="TakesK">Whether it takes the attribute's <c>K</c>.</param>
internal sealed record MetricForm(
    string Loss,
    string TypeName,
    string Name,
    string? Threshold = null,
    bool TakesIgnoreIndex = false,
    bool TakesK = false);
