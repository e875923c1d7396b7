namespace LoopGen.Generators.Model;

/// <summary>One metric: how it is constructed and under which names it is reported.</summary>
internal sealed record MetricSpec
{
    /// <summary>Where it comes from.</summary>
    public required MetricSource Source { get; init; }

    /// <summary>Member of <c>EpochLog</c> and <c>Scores</c>: <c>Accuracy</c> (and <c>ValAccuracy</c>).</summary>
    public required string Member { get; init; }

    /// <summary>In a sentence: <c>top-5 accuracy</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The library type: <c>BinaryAccuracy</c>; the user's in full.</summary>
    public required string TypeName { get; init; }

    /// <summary>Arguments after the device.</summary>
    public required EquatableArray<ArgumentSpec> Arguments { get; init; }

    /// <summary>The method that computes it for a batch: <c>this.Hits</c>, or null.</summary>
    public required string? Call { get; init; }

    /// <summary>Which way it improves, or null where the user has not said it.</summary>
    public required bool? IsHigherBetter { get; init; }
}
