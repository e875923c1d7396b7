namespace LoopGen.Generators.Model;

/// <summary>One loss.</summary>
internal sealed record LossSpec
{
    /// <summary>Which row of the catalogue.</summary>
    public required string Kind { get; init; }

    /// <summary>All its numbers.</summary>
    public required EquatableArray<NumberSpec> Numbers { get; init; }

    /// <summary>The numbers that are given and that only the constructor takes.</summary>
    public required EquatableArray<NumberSpec> ConstructorNumbers { get; init; }

    /// <summary>A weight for each class; empty where all weigh the same.</summary>
    public required EquatableArray<double> ClassWeights { get; init; }

    /// <summary>Whether the sum of weighted losses is divided by the weights; else by the number of targets.</summary>
    public required bool DividesByWeights { get; init; }

    /// <summary>The class index that torch leaves out of the mean, or null.</summary>
    public required long? IgnoreIndex { get; init; }
}
