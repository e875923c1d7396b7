namespace LoopGen.Generators.Catalog;

/// <summary>A number that an optimizer or a loss takes: always written out.</summary>
/// <param name="Property">Its property of <c>[Compile]</c>.</param>
/// <param name="TorchName">TorchSharp's parameter name.</param>
/// <param name="Default">PyTorch's default, which is ours too.</param>
/// <param name="Range">The numbers that make sense.</param>
internal sealed record ParameterRow(string Property, string TorchName, double Default, NumberRange Range);
