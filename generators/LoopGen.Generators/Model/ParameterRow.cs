namespace LoopGen.Generators.Model;

/// <summary>A number that an optimizer or a loss takes: always written out.</summary>
/// <param name="property">Its property of <c>[Compile]</c>.</param>
/// <param name="torchName">TorchSharp's parameter name.</param>
/// <param name="default">PyTorch's default, which is ours too.</param>
/// <param name="range">The numbers that make sense.</param>
internal sealed class ParameterRow(string property, string torchName, double @default, NumberRange range)
{
    public string Property { get; } = property;

    public string TorchName { get; } = torchName;

    public double Default { get; } = @default;

    public NumberRange Range { get; } = range;

    /// <summary>What is written where the attribute does not set it.</summary>
    public NumberSpec DefaultNumber { get; } = new(torchName, @default, property, isGiven: false);
}
