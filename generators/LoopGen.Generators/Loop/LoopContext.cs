using LoopGen.Generators.Features;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>What all emitters of one model's files share: the spec, its names, and what its features ask for together.</summary>
internal sealed class LoopContext
{
    private readonly HashSet<string> captured;
    private readonly HashSet<string> shortTypes = new(StringComparer.Ordinal);

    public LoopContext(LoopSpec spec, EquatableArray<NeighbourSpec> neighbours)
    {
        var home = spec.Type.Namespace?.Replace("@", string.Empty) ?? string.Empty;
        this.Spec = spec;
        this.Names = new LocalNames(spec);
        this.captured = new HashSet<string>(
            spec.CapturedNames.Concat(neighbours.Where(neighbour => neighbour.Namespace == home).Select(neighbour => neighbour.Name)),
            StringComparer.Ordinal);
        this.Loss = LossCatalog.Get(spec.Losses[0].Kind);
        this.Progress = new Progress(this);
        this.BatchesPerUpdate = this.Features.Select(feature => feature.BatchesPerUpdate).FirstOrDefault(batches => batches is not null);
    }

    public LoopSpec Spec { get; }

    public LocalNames Names { get; }

    /// <summary>What the attributes add, in the order in which it is written.</summary>
    public EquatableArray<Feature> Features => this.Spec.Features;

    /// <summary>Epoch, step and place in the epoch.</summary>
    public Progress Progress { get; }

    /// <summary>The model's loss; a model with one output has one.</summary>
    public LossRow Loss { get; }

    /// <summary>The batches of an update, or null for one.</summary>
    public int? BatchesPerUpdate { get; }

    /// <summary>Whether the loop updates once per window of batches.</summary>
    public bool HasWindows => this.BatchesPerUpdate is not null;

    /// <summary>Whether a batch has a third member, the weights of its samples, that the losses are multiplied by.</summary>
    public bool HasSampleWeights => this.Names.Weight is not null;

    /// <summary>Whether a figure of the validation data is watched, which must be given then.</summary>
    public bool NeedsValidation => this.Features.Any(feature => feature.Watcher is not null);

    /// <summary>What is evaluated, in words: "weights", "averaged weights".</summary>
    public string EvaluatedWeights => this.Evaluated ?? "weights";

    /// <summary>What is evaluated in place of the weights, or null.</summary>
    public string? Evaluated => this.Features.Select(feature => feature.Evaluated).LastOrDefault(words => words is not null);

    /// <summary>Whether the learning rate is a function of the number of updates.</summary>
    public bool IsRateScheduled => this.Features.Any(feature => feature.SchedulesRate);

    /// <summary>Fields whose weights are trained in their own way.</summary>
    public IEnumerable<FieldGroup> FieldGroups => this.Features.SelectMany(feature => feature.FieldGroups);

    /// <summary>The parameters that features add to <c>Fit</c>.</summary>
    public IEnumerable<FitParameter> AddedParameters => this.Features.SelectMany(feature => feature.Parameters(this));

    /// <summary>The figures that features add to the log of an epoch.</summary>
    public IReadOnlyList<TrainingFigure> AddedFigures => [.. this.Features.SelectMany(feature => feature.Figures(this))];

    /// <summary>What is minimized, in a sentence: "class-weighted cross-entropy".</summary>
    public string LossTitle => (this.Spec.Losses[0].ClassWeights.Count > 0, this.HasSampleWeights) switch
    {
        (true, true) => $"class- and sample-weighted {this.Loss.Title}",
        (true, false) => $"class-weighted {this.Loss.Title}",
        (false, true) => $"sample-weighted {this.Loss.Title}",
        _ => this.Loss.Title,
    };

    /// <summary>The members of a log or of scores that training and validation have alike, each with its total.</summary>
    public IReadOnlyList<(string Member, string Total)> Figures =>
    [
        ("Loss", this.Text($"@meanLoss")),
        .. this.Spec.Metrics.Zip(this.Names.Metrics, (metric, local) => (metric.Member, local)),
    ];

    /// <summary>The record of an epoch.</summary>
    public string LogType => this.Spec.Type.HasEpochLogMember ? "FitEpochLog" : "EpochLog";

    /// <summary>The record of an evaluation.</summary>
    public string ScoresType => this.Spec.Type.HasScoresMember ? "EvaluationScores" : "Scores";

    public string Tensor => this.Text($"@torch.Tensor");

    public string Device => this.Text($"@torch.Device");

    /// <summary><c>(torch.Tensor image, torch.Tensor target)</c>.</summary>
    public string BatchType => $"({string.Join(", ", this.Names.TupleTensors.Select(name => $"{this.Tensor} {name}"))})";

    /// <summary>Names that templates used and nobody declared; a test holds this empty.</summary>
    public ISet<string> UnknownNames { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>A text that is a value, with the names that are free in this class.</summary>
    public string Text([System.Runtime.CompilerServices.InterpolatedStringHandlerArgument("")] TemplateValue text) => text.ToString();

    /// <summary>What to write for a name of ours.</summary>
    public string Resolve(string name)
    {
        if (name == "step")
        {
            return this.Progress.Step;
        }

        if (this.Names.Find(name) is { } local)
        {
            return local;
        }

        if (EmittedNames.Contains(name))
        {
            return this.Type(name);
        }

        this.UnknownNames.Add(name);
        return name;
    }

    /// <summary>A type by its short name, or by its full one where the short one means something else in this class.</summary>
    public string Type(string shortName)
    {
        if (this.captured.Contains(shortName))
        {
            return $"global::{EmittedNames.NamespaceOf(shortName)}.{shortName}";
        }

        this.shortTypes.Add(shortName);
        return shortName;
    }

    /// <summary>The types that were written in short since the last file began.</summary>
    public IReadOnlyCollection<string> TakeShortTypes()
    {
        string[] types = [.. this.shortTypes];
        this.shortTypes.Clear();
        return types;
    }

    /// <summary>A method of the class's own: a parameter of forward keeps its name, and hides a static method that has it too.</summary>
    public string Method(string call) => this.Names.Inputs.Contains(call) ? $"{this.Spec.Type.Reference}.{call}" : call;

    public bool Owns(LoopMember member) => this.Spec.OwnedMembers.Any(owned => owned.Member == member);

    /// <summary>Whether a method has a parameter: one that the class declares itself may have dropped it.</summary>
    public bool Has(LoopMember member, string parameter)
        => this.Spec.OwnedMembers.FirstOrDefault(owned => owned.Member == member) is not { } method || method.ParameterNames.Contains(parameter.TrimStart('@'));

    /// <summary>A figure that a feature watches, at the end of an epoch.</summary>
    public string Watched(MonitorSpec monitor)
        => monitor.IsValidation ? this.Text($"@scores.{monitor.Member}") : this.Text($"@log.{monitor.Member}");

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
            .Where((argument, index) => index == 0 ? owned.ParameterNames.Count > 0 : owned.ParameterNames.Contains(argument.Name.TrimStart('@')))
            .Select((argument, index) => index == 0 ? argument.Value : $"{argument.Name}: {argument.Value}")
            .ToArray();
    }

    /// <summary>The same for arguments that are called as the parameters are.</summary>
    public IReadOnlyList<string> ArgumentsFor(LoopMember member, params string[] names)
        => this.ArgumentsFor(member, [.. names.Select(name => (name, name))]);
}
