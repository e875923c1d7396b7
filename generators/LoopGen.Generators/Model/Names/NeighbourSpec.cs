namespace LoopGen.Generators.Model;

/// <summary>A type or namespace that is called like one of the types that emitted code names.</summary>
/// <param name="Namespace">Where it stands, dotted and without <c>@</c>; empty for the global namespace.</param>
/// <param name="Name">What it is called.</param>
internal readonly record struct NeighbourSpec(string Namespace, string Name);
