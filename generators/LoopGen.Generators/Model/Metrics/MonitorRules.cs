using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Text;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Model;

/// <summary>Which figures a block can watch, and under which names.</summary>
internal static class MonitorRules
{
    /// <summary>What is watched where the attribute does not say it.</summary>
    public const string Default = "val_loss";

    private const string LossName = "loss";
    private const string ValidationPrefix = "val_";

    private static readonly string[] ValidationPrefixes = [ValidationPrefix, "validation_", "valid_", "eval_", "test_"];
    private static readonly string[] TrainingPrefixes = [string.Empty, "train_", "training_"];

    /// <summary>The loss over the validation data.</summary>
    public static readonly MonitorSpec ValidationLoss = new("Loss", IsValidation: true, IsHigherBetter: false);

    /// <summary>The figure of that name, or null; one whose direction is not known is taken to be better the lower it is.</summary>
    public static MonitorSpec? Resolve(string monitor, IReadOnlyList<MetricSpec> metrics)
    {
        if (monitor is LossName or Default)
        {
            return new MonitorSpec("Loss", IsValidation: monitor == Default, IsHigherBetter: false);
        }

        return Find(monitor, metrics) is { } found
            ? new MonitorSpec(found.Metric.Member, found.IsValidation, found.Metric.IsHigherBetter ?? false)
            : null;
    }

    /// <summary>The metric that is watched and whose direction nobody has said, or null.</summary>
    public static MetricSpec? WithoutDirection(string monitor, IReadOnlyList<MetricSpec> metrics)
        => Find(monitor, metrics) is { Metric: { IsHigherBetter: null } metric } ? metric : null;

    /// <summary>The name of the figure that an attribute watches.</summary>
    public static string MonitorOf(AttributeData attribute)
        => CompileParser.Argument(attribute, KnownNames.MonitorProperty)?.Value as string ?? Default;

    /// <summary>All names that can be watched.</summary>
    public static string[] Names(IReadOnlyList<MetricSpec> metrics)
    {
        string[] figures = [LossName, .. metrics.Select(metric => FigureName.FromMember(metric.Member))];
        return [.. figures.Select(figure => ValidationPrefix + figure), .. figures];
    }

    /// <summary>The name that was meant by one that is none, or null; Keras says <c>val_acc</c>, others <c>validation_loss</c>.</summary>
    public static string? Suggest(string monitor, IReadOnlyList<MetricSpec> metrics)
    {
        var synonyms = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(LossName, LossName);
        foreach (var metric in metrics)
        {
            var figure = FigureName.FromMember(metric.Member);
            Add(metric.Member, figure);
            foreach (var synonym in Synonyms.MembersOf(KnownNames.MetricEnum).Where(pair => pair.Value == metric.Member))
            {
                Add(synonym.Key, figure);
            }
        }

        return Spelling.Nearest(monitor, Names(metrics), synonyms);

        void Add(string word, string figure)
        {
            foreach (var prefix in ValidationPrefixes)
            {
                synonyms[prefix + word] = ValidationPrefix + figure;
            }

            foreach (var prefix in TrainingPrefixes)
            {
                synonyms[prefix + word] = figure;
            }
        }
    }

    // Whole names alone: a metric may itself be called ValHits.
    private static (MetricSpec Metric, bool IsValidation)? Find(string monitor, IReadOnlyList<MetricSpec> metrics)
    {
        foreach (var metric in metrics)
        {
            var figure = FigureName.FromMember(metric.Member);
            if (monitor == figure || monitor == ValidationPrefix + figure)
            {
                return (metric, monitor != figure);
            }
        }

        return null;
    }
}
