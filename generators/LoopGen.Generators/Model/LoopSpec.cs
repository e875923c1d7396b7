using LoopGen.Generators.Features;

namespace LoopGen.Generators.Model;

/// <summary>
/// Everything that the emitted files of one model depend on, and nothing else: the boundary of the incremental cache.
/// Only strings, numbers, enums and arrays of such, compared by value; no symbol, syntax node, location or compilation.
/// </summary>
internal sealed record LoopSpec
{
    public required TypeSpec Type { get; init; }

    /// <summary>The parameters of <c>forward</c>, in order.</summary>
    public required EquatableArray<InputSpec> Inputs { get; init; }

    /// <summary>What <c>forward</c> returns.</summary>
    public required EquatableArray<OutputSpec> Outputs { get; init; }

    public required OptimizerSpec Optimizer { get; init; }

    /// <summary>The losses whose sum is minimised; one for a model with one output.</summary>
    public required EquatableArray<LossSpec> Losses { get; init; }

    /// <summary>The metrics in the order of their attributes.</summary>
    public required EquatableArray<MetricSpec> Metrics { get; init; }

    /// <summary>What the other attributes add, in the order in which it is written.</summary>
    public required EquatableArray<Feature> Features { get; init; }

    /// <summary>Members that the class declares itself, and that are therefore not emitted.</summary>
    public required EquatableArray<OwnedMemberSpec> OwnedMembers { get; init; }

    /// <summary>Short names that mean something else inside the class; these, and those of the namespace, are written with <c>global::</c>.</summary>
    public required EquatableArray<string> CapturedNames { get; init; }

    /// <summary>What the user must be told of in a build, because the compiler does not come to the analyzers; empty for nearly every model.</summary>
    public required EquatableArray<MistakeSpec> Mistakes { get; init; }
}
