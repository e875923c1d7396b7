namespace LoopGen.Generators.Specs;

/// <summary>Where the learning rate of each update comes from.</summary>
internal sealed record ScheduleSpec
{
    /// <summary>In a sentence: <c>cosine schedule with warm-up</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The library type, or null for a method of the class.</summary>
    public required string? TypeName { get; init; }

    /// <summary>The arguments after the learning rate, as they are written.</summary>
    public required EquatableArray<ArgumentSpec> Arguments { get; init; }

    /// <summary>The argument that takes the number of updates of the run, because the attribute does not say it; or null.</summary>
    public required string? RunLengthArgument { get; init; }

    /// <summary>The updates of the warm-up, to be taken off that number.</summary>
    public required long WarmupSteps { get; init; }

    /// <summary>The method that gives the factor of an update: <c>this.Rate</c>, or null.</summary>
    public required string? Call { get; init; }

    /// <summary>What the schedule watches, or null.</summary>
    public required MonitorSpec? Monitor { get; init; }
}
