using LoopGen.Generators.Catalog;
using LoopGen.Generators.Emission.Blocks;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission;

/// <summary>Sentences about a model, for headers and documentation.</summary>
internal static class Wording
{
    /// <summary>"AdamW (learning rate 0.001, weight decay 0.01), cross-entropy, accuracy."</summary>
    public static string Summary(LoopContext context)
    {
        var parts = Parts(context);
        return Sentence(parts, context.Spec.Checkpoint is { } checkpoint
            ? [.. Blocks(context.Spec), Checkpoints(checkpoint)]
            : Blocks(context.Spec));
    }

    /// <summary>The same without what may change between a training and its resumption: where and when it is saved.</summary>
    public static string Settings(LoopContext context) => Sentence(Parts(context), Blocks(context.Spec)).TrimEnd('.');

    private static string Sentence(IEnumerable<string> parts, IReadOnlyList<string> blocks)
        => string.Join(", ", parts) + (blocks.Count == 0 ? "." : $"; {string.Join(", ", blocks)}.");

    private static string Checkpoints(CheckpointSpec checkpoint)
        => $"checkpoints in {Literal.Of(checkpoint.Folder)}{(checkpoint.Best is { } best ? $" (best by {best.Figure})" : string.Empty)}";

    private static string[] Parts(LoopContext context)
    {
        var optimizer = context.Spec.Optimizer;
        return
        [
            WithDetails(optimizer.Title, [optimizer.LearningRate.Words, .. Given(optimizer.Numbers), .. optimizer.Flags]),
            WithDetails(context.Loss.Title, LossDetails(context.Spec.Losses[0], context.Spec.HasSampleWeights)),
            .. context.Spec.Metrics.Select(metric => metric.Title),
        ];
    }

    private static string[] LossDetails(LossSpec loss, bool hasSampleWeights)
    {
        List<string> details = [.. Given(loss.Numbers), .. Given(loss.ConstructorNumbers)];
        if (loss.ClassWeights.Count > 0)
        {
            details.Add($"weights of {Literal.Of(loss.ClassWeights.Count)} classes");
        }

        if (hasSampleWeights)
        {
            details.Add(loss.DividesByWeights ? "weights of samples, divided by their sum" : "weights of samples");
        }

        return [.. details];
    }

    // What the loop has beside the five steps.
    private static IReadOnlyList<string> Blocks(LoopSpec spec)
    {
        List<string> blocks = [];
        if (spec.Schedule is { } schedule)
        {
            blocks.Add(schedule.Title);
        }

        if (spec.AccumulateSteps is { } steps)
        {
            blocks.Add($"windows of {Literal.Of(steps)} batches");
        }

        if (spec.Clip is { } clip)
        {
            blocks.Add($"{ClipCatalog.Get(clip.Method).Title} {Literal.Plain(clip.Limit.Value)}");
        }

        if (spec.Optimizer.ExcludesVectorsFromDecay)
        {
            blocks.Add("no decay of vectors");
        }

        foreach (var group in spec.FieldGroups)
        {
            var field = group.Field.Replace("this.", string.Empty);
            blocks.Add(group.Factor is { } factor ? $"{field} at {Literal.Plain(factor.Value)} of the learning rate" : $"{field} frozen");
        }

        if (spec.Average is { } average)
        {
            blocks.Add(average.Decay is { } decay ? $"moving average of the weights (decay {Literal.Plain(decay.Value)})" : "average of the weights over epochs");
        }

        if (spec.EarlyStopping is { } rule)
        {
            blocks.Add($"early stopping on {rule.Figure} (patience {Literal.Plain(rule.Patience)}{(rule.RestoresBest ? ", best weights restored" : string.Empty)})");
        }

        if (spec.StopsOnNaN)
        {
            blocks.Add("an error at the first NaN or infinity");
        }

        if (spec.DetectsAnomaly)
        {
            blocks.Add("anomaly detection (slow)");
        }

        return blocks;
    }

    private static string WithDetails(string title, string[] details)
        => details.Length == 0 ? title : $"{title} ({string.Join(", ", details)})";

    // Defaults go without saying.
    private static IEnumerable<string> Given(IEnumerable<NumberSpec> numbers)
        => numbers.Where(number => number.IsGiven).Select(number => number.Words);

    /// <summary>What the parameter of the validation data says in the overloads.</summary>
    public static string Validation(LoopContext context)
        => context.Spec.NeedsValidation ? "Validation data. They must be given: a figure over them is watched." : "Validation data, or null for none.";

    /// <summary>"loss and accuracy", "loss, accuracy and mean squared error".</summary>
    public static string Figures(LoopContext context) => Join(["loss", .. context.Spec.Metrics.Select(metric => metric.Title)]);

    /// <summary>The same with what blocks report of the training: "loss, accuracy and learning rate".</summary>
    public static string TrainingFigures(LoopContext context)
        => Join(
        [
            "loss",
            .. context.Spec.Metrics.Select(metric => metric.Title),
            .. LoopBlocks.Figures(context).Select(figure => FigureName.FromMember(figure.Member).Replace('_', ' ')),
        ]);

    private static string Join(string[] names)
        => names.Length == 1
            ? names[0]
            : string.Join(", ", names.Take(names.Length - 1)) + " and " + names[names.Length - 1];

    /// <summary>"image and target", as documentation: each name in <c>&lt;c&gt;</c>.</summary>
    public static string BatchMembers(LoopContext context)
    {
        var names = context.Names.TupleTensors.Select(name => $"<c>{name.TrimStart('@')}</c>").ToArray();
        return string.Join(", ", names.Take(names.Length - 1)) + " and " + names[names.Length - 1];
    }

    /// <summary>The same with what they are, but for the inputs.</summary>
    public static string Batch(LoopContext context)
        => $"{BatchMembers(context)} ({context.Loss.Target}{(context.Spec.HasSampleWeights ? $"; weights: {Weights}" : string.Empty)})";

    /// <summary>What weights of samples are.</summary>
    public const string Weights = "one per sample or per target, in the dtype of the output, none below 0";

    /// <summary>"a CUDA GPU if there is one, else the CPU", the default of every <c>device</c>.</summary>
    public const string DefaultDevice = "by default a CUDA GPU if there is one, else the CPU";
}
