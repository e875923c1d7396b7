namespace LoopGen.Generators.Specs;

/// <summary>One metric: how it is constructed and under which names it is reported.</summary>
internal sealed record MetricSpec
{
    /// <summary>Member of <c>EpochLog</c> and <c>Scores</c>: <c>Accuracy</c> (and <c>ValAccuracy</c>).</summary>
    public required string Member { get; init; }

    /// <summary>In a sentence: <c>top-5 accuracy</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The library type: <c>BinaryAccuracy</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>Arguments after the device.</summary>
    public required EquatableArray<ArgumentSpec> Arguments { get; init; }
}
