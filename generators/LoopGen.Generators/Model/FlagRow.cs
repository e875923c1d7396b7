namespace LoopGen.Generators.Model;

/// <summary>A switch that an optimizer takes: written only when it is set.</summary>
/// <param name="Property">Its property of <c>[Compile]</c>.</param>
/// <param name="TorchName">TorchSharp's parameter name.</param>
internal sealed record FlagRow(string Property, string TorchName);
