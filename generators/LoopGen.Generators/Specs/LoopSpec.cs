namespace LoopGen.Generators.Specs;

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

    /// <summary>Fields with a learning rate of their own, then frozen ones.</summary>
    public required EquatableArray<FieldGroupSpec> FieldGroups { get; init; }

    /// <summary>The losses whose sum is minimised; one for a model with one output.</summary>
    public required EquatableArray<LossSpec> Losses { get; init; }

    /// <summary>Whether a batch has a third member, the weights of its samples, that the losses are multiplied by.</summary>
    public required bool HasSampleWeights { get; init; }

    /// <summary>The metrics in the order of their attributes.</summary>
    public required EquatableArray<MetricSpec> Metrics { get; init; }

    /// <summary>The learning rate's schedule, or null.</summary>
    public required ScheduleSpec? Schedule { get; init; }

    /// <summary>The limit of the gradients, or null.</summary>
    public required ClipSpec? Clip { get; init; }

    /// <summary>Batches per update, or null for one.</summary>
    public required int? AccumulateSteps { get; init; }

    /// <summary>The average of the weights, or null.</summary>
    public required AverageSpec? Average { get; init; }

    /// <summary>When training ends before its last epoch, or null.</summary>
    public required EarlyStoppingSpec? EarlyStopping { get; init; }

    /// <summary>Where and when the state of the training is saved, or null.</summary>
    public required CheckpointSpec? Checkpoint { get; init; }

    /// <summary>Whether a loss or gradient that is not finite ends the training.</summary>
    public required bool StopsOnNaN { get; init; }

    /// <summary>Whether the training looks for where a NaN comes from.</summary>
    public required bool DetectsAnomaly { get; init; }

    /// <summary>Hooks that the class implements, and that the loop therefore calls.</summary>
    public required Hooks Hooks { get; init; }

    /// <summary>Hooks that cannot be declared, because the class has something else of their name.</summary>
    public required Hooks ImpossibleHooks { get; init; }

    /// <summary>Members that the class declares itself, and that are therefore not emitted.</summary>
    public required EquatableArray<OwnedMemberSpec> OwnedMembers { get; init; }

    /// <summary>Short names that mean something else inside the class; these, and those of the namespace, are written with <c>global::</c>.</summary>
    public required EquatableArray<string> CapturedNames { get; init; }

    /// <summary>What the user must be told of in a build, because the compiler does not come to the analyzers; empty for nearly every model.</summary>
    public required EquatableArray<MistakeSpec> Mistakes { get; init; }

    /// <summary>Whether a block watches a figure of the validation data, which must be given then.</summary>
    public bool NeedsValidation =>
        this.Schedule?.Monitor?.IsValidation == true
        || this.EarlyStopping?.Monitor.IsValidation == true
        || this.Checkpoint?.Best?.NeedsValidation == true;
}
