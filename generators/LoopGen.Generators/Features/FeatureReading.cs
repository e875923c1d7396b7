using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Features;

/// <summary>What features are read from.</summary>
/// <param name="Type">The class.</param>
/// <param name="Compile">Its <c>[Compile]</c>.</param>
/// <param name="Attributes">Its other attributes of ours.</param>
/// <param name="Metrics">Its metrics, which may be watched.</param>
/// <param name="Names">What its names alone say.</param>
/// <param name="Cancellation">Ends the reading.</param>
internal sealed record FeatureReading(
    INamedTypeSymbol Type,
    AttributeData Compile,
    BlockAttributes Attributes,
    EquatableArray<MetricSpec> Metrics,
    NameScan Names,
    CancellationToken Cancellation);
