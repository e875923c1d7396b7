using LoopGen.Generators.Features;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopGen.Generators.Text;

/// <summary>
/// The names of parameters and locals in the emitted methods. The parameters of <c>forward</c> keep theirs; a name of
/// ours that would collide moves by a fixed table.
/// </summary>
internal sealed class LocalNames
{
    // Our name, and the one it moves to.
    private static readonly Dictionary<string, string> Alternatives = new(StringComparer.Ordinal)
    {
        ["trainBatches"] = "trainSource",
        ["validationBatches"] = "validationSource",
        ["trainLoader"] = "trainDataLoader",
        ["validationLoader"] = "validationDataLoader",
        ["loader"] = "dataLoader",
        ["samples"] = "allSamples",
        ["heldOutBatches"] = "heldOutSource",
        ["batches"] = "batchSource",
        ["epochs"] = "epochCount",
        ["batchSize"] = "samplesPerBatch",
        ["validation"] = "validationData",
        ["validationSplit"] = "validationFraction",
        ["shuffle"] = "shuffleSamples",
        ["dropLast"] = "dropLastBatch",
        ["device"] = "trainDevice",
        ["learningRate"] = "stepSize",
        ["seed"] = "randomSeed",
        ["optimizer"] = "modelOptimizer",
        ["verbose"] = "verbosity",
        ["callbacks"] = "observers",
        ["cancellationToken"] = "stopToken",
        ["run"] = "trainingRun",
        ["lossFunction"] = "lossModule",
        ["classWeights"] = "weightsOfClasses",
        ["ignoreIndex"] = "ignoredClass",
        ["losses"] = "lossesOfBatch",
        ["divisor"] = "lossDivisor",
        ["firstBatch"] = "firstBatchChecks",
        ["meanLoss"] = "runningLoss",
        ["history"] = "fitHistory",
        ["epoch"] = "epochNumber",
        ["step"] = "stepNumber",
        ["window"] = "batchWindow",
        ["windowScope"] = "windowTensors",
        ["windowScale"] = "scaleOfWindow",
        ["targetsInWindow"] = "windowTargets",
        ["targetsInBatch"] = "batchTargets",
        ["one"] = "scalarOne",
        ["weightsInWindow"] = "windowWeights",
        ["weightsInBatch"] = "batchWeights",
        ["isComplete"] = "isEpochComplete",
        ["batchScope"] = "tensorScope",
        ["output"] = "modelOutput",
        ["outputs"] = "modelOutputs",
        ["loss"] = "batchLoss",
        ["scores"] = "validationScores",
        ["log"] = "epochLog",
        ["modes"] = "moduleModes",
        ["noGrad"] = "noGradScope",
        ["target"] = "targetLabel",
    };

    private const string WeightName = "weight";
    private const string WeightNameElsewhere = "sampleWeight";

    // What C# does not allow as the name of a tuple's element, at least not at every place.
    private static readonly HashSet<string> ForbiddenInTuples = new(StringComparer.Ordinal)
    {
        "Rest", "CompareTo", "Deconstruct", "Equals", "GetHashCode", "ToString", "GetType", "MemberwiseClone", "Finalize", "ReferenceEquals",
    };

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> resolved = new(StringComparer.Ordinal);

    public LocalNames(LoopSpec spec)
        : this(spec.Inputs, spec.Metrics, spec.Features, spec.Features.Any(feature => feature.Kind.WeighsSamples))
    {
    }

    public LocalNames(IReadOnlyList<InputSpec> inputs, IReadOnlyList<MetricSpec> metrics, IReadOnlyList<Feature> features, bool hasSampleWeights)
    {
        foreach (var input in inputs)
        {
            this.taken.Add(input.Name);
        }

        // Static methods of the class's own are called by their bare names, which a local must not hide.
        foreach (var call in metrics.Select(metric => metric.Call).Concat(features.Select(feature => feature.Call)))
        {
            if (call is not null)
            {
                this.taken.Add(Bare(call));
            }
        }

        // In a fixed order, so that the same model always gets the same names.
        var alternatives = Alternatives;
        if (features.Any(feature => feature.Kind.Locals.Count > 0))
        {
            alternatives = new(Alternatives, StringComparer.Ordinal);
            foreach (var (name, otherwise) in features.SelectMany(feature => feature.Kind.Locals))
            {
                alternatives[name] = otherwise;
            }
        }

        foreach (var name in alternatives.Keys.OrderBy(name => name, StringComparer.Ordinal))
        {
            this.resolved[name] = this.Claim(name, alternatives[name]);
        }

        this.Inputs = inputs.Select(input => Escape(input.Name)).ToArray();
        this.HostInputs = inputs.Select(input => this.Before("host", input.Name)).ToArray();
        var validationInputs = inputs.Select(input => this.Before("validation", input.Name)).ToArray();
        this.TupleInputs = inputs.Select(input => Escape(TupleName(input.Name))).ToArray();

        // For the same reason a target moves with its output, and only a model that has weights gives their name away.
        this.Target = this.resolved["target"];
        this.Weight = hasSampleWeights ? this.Claim(WeightName, WeightNameElsewhere) : null;
        string[] others = this.Weight is null ? [this.Target] : [this.Target, this.Weight];
        this.Tensors = [.. this.Inputs, .. others];
        this.TupleTensors = [.. this.TupleInputs, .. others];
        this.HostTensors = [.. this.HostInputs, .. others.Select(other => this.Before("host", other))];
        this.ValidationTensors = [.. validationInputs, .. others.Select(other => this.Before("validation", other))];
        this.Metrics = metrics.Select(metric => this.Claim(FigureName.ToLocal(metric.Member), null, "Metric")).ToArray();
    }

    /// <summary>The parameters of <c>forward</c>.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The same before the move to the device.</summary>
    public IReadOnlyList<string> HostInputs { get; }

    /// <summary>The same as members of a batch's tuple.</summary>
    public IReadOnlyList<string> TupleInputs { get; }

    public string Target { get; }

    /// <summary>The weights of the samples, or null for a model without.</summary>
    public string? Weight { get; }

    /// <summary>All members of a batch, in their order: inputs, target, weights.</summary>
    public IReadOnlyList<string> Tensors { get; }

    /// <summary>The same as members of the batch's tuple.</summary>
    public IReadOnlyList<string> TupleTensors { get; }

    /// <summary>The same before the move to the device.</summary>
    public IReadOnlyList<string> HostTensors { get; }

    /// <summary>The same of the validation data.</summary>
    public IReadOnlyList<string> ValidationTensors { get; }

    /// <summary>One local a metric.</summary>
    public IReadOnlyList<string> Metrics { get; }

    /// <summary>The local that counts the updates, and the parameter that hooks are given it by.</summary>
    public string Step => this.resolved["step"];

    /// <summary>The name to write for one of ours, or null where it is none.</summary>
    public string? Find(string name) => this.resolved.TryGetValue(name, out var found) ? found : null;

    private static string TupleName(string name)
    {
        var isItem = name.StartsWith("Item", StringComparison.Ordinal)
            && name.Length > 4
            && name.Skip(4).All(char.IsDigit);
        return isItem || ForbiddenInTuples.Contains(name) ? FigureName.ToLocal(name) + "Input" : name;
    }

    private static string Escape(string name)
        => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None
            ? name
            : "@" + name;

    private string Claim(string name, string? alternative, string suffix = "")
    {
        var candidate = name;
        if (this.taken.Contains(Bare(candidate)) || this.IsKeyword(candidate))
        {
            candidate = alternative ?? name + suffix;
        }

        for (var number = 2; !this.taken.Add(candidate); number++)
        {
            candidate = (alternative ?? name + suffix) + number;
        }

        return candidate;
    }

    private string Before(string prefix, string name) => this.Claim(prefix + FigureName.ToMember(name), null);

    private static string Bare(string name) => name.TrimStart('@');

    private bool IsKeyword(string name) => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None;
}
