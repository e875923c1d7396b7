using LoopGen.Generators.Model;

namespace LoopGen.Generators.Features;

/// <summary>A number that an attribute takes.</summary>
/// <param name="Attribute">The attribute: <c>EmaAttribute</c>.</param>
/// <param name="Property">Its property: <c>Decay</c>.</param>
/// <param name="Range">What it may be.</param>
/// <param name="Need">What it is, where it must be given; else null.</param>
internal sealed record FeatureNumber(string Attribute, string Property, NumberRange Range, string? Need = null);
