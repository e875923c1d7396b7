using LoopGen.Generators.Catalog;
using LoopGen.Generators.Emission.Blocks;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission;

/// <summary>What all emitters of one model's files share: the spec, its names, and text that occurs in several places.</summary>
internal sealed class LoopContext
{
    private readonly HashSet<string> captured;

    public LoopContext(LoopSpec spec, EquatableArray<NeighbourSpec> neighbours)
    {
        var home = spec.Type.Namespace?.Replace("@", string.Empty) ?? string.Empty;
        this.Spec = spec;
        this.Names = new LocalNames(spec);
        this.captured = new HashSet<string>(
            spec.CapturedNames.Concat(neighbours.Where(neighbour => neighbour.Namespace == home).Select(neighbour => neighbour.Name)),
            StringComparer.Ordinal);
        this.Tensor = $"{this.Torch}.Tensor";
        this.Device = $"{this.Torch}.Device";
        this.Loss = LossCatalog.Get(spec.Losses[0].Kind);
    }

    public LoopSpec Spec { get; }

    public LocalNames Names { get; }

    /// <summary>The model's loss; a model with one output has one.</summary>
    public LossRow Loss { get; }

    /// <summary>What is minimized, in a sentence: "class-weighted cross-entropy".</summary>
    public string LossTitle => (this.Spec.Losses[0].ClassWeights.Count > 0, this.Spec.HasSampleWeights) switch
    {
        (true, true) => $"class- and sample-weighted {this.Loss.Title}",
        (true, false) => $"class-weighted {this.Loss.Title}",
        (false, true) => $"sample-weighted {this.Loss.Title}",
        _ => this.Loss.Title,
    };

    /// <summary>Types that only the lines of the loss name.</summary>
    public string[] LossTypes => this.Spec.Losses[0].ConstructorNumbers.Count > 0 ? [this.Loss.Factory] : [];

    /// <summary>The record of an epoch.</summary>
    public string LogType => this.Spec.Type.HasEpochLogMember ? "FitEpochLog" : "EpochLog";

    /// <summary>The record of an evaluation.</summary>
    public string ScoresType => this.Spec.Type.HasScoresMember ? "EvaluationScores" : "Scores";

    /// <summary>TorchSharp's <c>torch</c>.</summary>
    public string Torch => this.Type(EmittedNames.Torch);

    public string Tensor { get; }

    public string Device { get; }

    /// <summary><c>(torch.Tensor image, torch.Tensor target)</c>.</summary>
    public string BatchType
    {
        get
        {
            var members = this.Names.TupleTensors.Select(name => $"{this.Tensor} {name}");
            return $"({string.Join(", ", members)})";
        }
    }

    /// <summary>A type by its short name, or by its full one where the short one means something else in this class.</summary>
    public string Type(string shortName)
        => this.captured.Contains(shortName) ? $"global::{EmittedNames.NamespaceOf(shortName)}.{shortName}" : shortName;

    /// <summary>A method of the class's own: a parameter of forward keeps its name, and hides a static method that has it too.</summary>
    public string Method(string call) => this.Names.Inputs.Contains(call) ? $"{this.Spec.Type.Reference}.{call}" : call;

    public bool Owns(LoopMember member) => this.Spec.OwnedMembers.Any(owned => owned.Member == member);

    /// <summary>Whether the loop counts its updates by itself.</summary>
    public bool CountsSteps => this.Spec.Checkpoint is null && (this.Spec.Schedule is not null || this.Spec.StopsOnNaN || this.Spec.DetectsAnomaly || this.Calls(HooksBlock.NeedStep));

    /// <summary>The number of updates made, where the loop counts them or keeps its place.</summary>
    public string Step => this.Spec.Checkpoint is null ? this.Names["step"] : $"{this.Names["progress"]}.Step";

    /// <summary>What an error about a step tells of where it came from.</summary>
    public string StepOrigin => this.Spec.Checkpoint is null ? this.Names["seed"] : $"progress: {this.Names["progress"]}";

    /// <summary>Whether the loop updates once per window of batches.</summary>
    public bool HasWindows => this.Spec.AccumulateSteps is not null;

    /// <summary>A figure that a block watches, at the end of an epoch.</summary>
    public string Watched(MonitorSpec monitor)
        => $"{this.Names[monitor.IsValidation ? "scores" : "log"]}.{monitor.Member}";

    public bool Calls(Hooks hook) => (this.Spec.Hooks & hook) != 0;

    /// <summary>
    /// The arguments for a call of another emitted method: all of them, or, where the class declares that method
    /// itself, those that it has.
    /// </summary>
    public IReadOnlyList<string> ArgumentsFor(LoopMember member, IReadOnlyList<(string Name, string Value)> arguments)
    {
        var owned = this.Spec.OwnedMembers.FirstOrDefault(candidate => candidate.Member == member);
        if (owned is null)
        {
            return arguments.Select(argument => argument.Value).ToArray();
        }

        // The first argument selects the overload, where there is one; the others go by name.
        return arguments
            .Where((argument, index) => index == 0 ? owned.ParameterNames.Count > 0 : owned.ParameterNames.Contains(argument.Name))
            .Select((argument, index) => index == 0 ? argument.Value : $"{argument.Name}: {argument.Value}")
            .ToArray();
    }
}
