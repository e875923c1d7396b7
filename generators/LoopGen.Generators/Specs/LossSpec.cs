namespace LoopGen.Generators.Specs;

/// <summary>One loss.</summary>
internal sealed record LossSpec
{
    /// <summary>Which row of the catalogue.</summary>
    public required string Kind { get; init; }

    /// <summary>All its numbers.</summary>
    public required EquatableArray<NumberSpec> Numbers { get; init; }

    /// <summary>The class index that torch leaves out of the mean, or null.</summary>
    public required long? IgnoreIndex { get; init; }
}
