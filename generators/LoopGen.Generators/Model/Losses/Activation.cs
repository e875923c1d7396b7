using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Model;

/// <summary>An activation in the user's code.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Location">Where it stands.</param>
/// <param name="IsWhole">Whether it is all of its module, not the last part of a <c>Sequential</c>.</param>
internal sealed record Activation(string Name, Location Location, bool IsWhole);
