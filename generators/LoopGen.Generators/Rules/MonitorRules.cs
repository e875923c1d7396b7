using LoopGen.Generators.Emission;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Rules;

/// <summary>Which figures a block can watch, and under which names.</summary>
internal static class MonitorRules
{
    /// <summary>What is watched where the attribute does not say it.</summary>
    public const string Default = "val_loss";

    private const string ValidationPrefix = "val_";

    /// <summary>The loss over the validation data.</summary>
    public static readonly MonitorSpec ValidationLoss = new("Loss", IsValidation: true, IsHigherBetter: false);

    /// <summary>The figure of that name, or null; one whose direction is not known is taken to be better the lower it is.</summary>
    public static MonitorSpec? Resolve(string monitor, IReadOnlyList<MetricSpec> metrics)
    {
        var isValidation = monitor.StartsWith(ValidationPrefix, StringComparison.Ordinal);
        var figure = isValidation ? monitor.Substring(ValidationPrefix.Length) : monitor;
        if (figure == "loss")
        {
            return new MonitorSpec("Loss", isValidation, IsHigherBetter: false);
        }

        return Find(figure, metrics) is { } metric ? new MonitorSpec(metric.Member, isValidation, metric.IsHigherBetter ?? false) : null;
    }

    /// <summary>The metric that is watched and whose direction nobody has said, or null.</summary>
    public static MetricSpec? WithoutDirection(string monitor, IReadOnlyList<MetricSpec> metrics)
    {
        var figure = monitor.StartsWith(ValidationPrefix, StringComparison.Ordinal) ? monitor.Substring(ValidationPrefix.Length) : monitor;
        return Find(figure, metrics) is { IsHigherBetter: null } metric ? metric : null;
    }

    /// <summary>All names that can be watched.</summary>
    public static string[] Names(IReadOnlyList<MetricSpec> metrics)
    {
        string[] figures = ["loss", .. metrics.Select(metric => FigureName.FromMember(metric.Member))];
        return [.. figures.Select(figure => ValidationPrefix + figure), .. figures];
    }

    private static MetricSpec? Find(string figure, IReadOnlyList<MetricSpec> metrics)
        => metrics.FirstOrDefault(metric => FigureName.FromMember(metric.Member) == figure);
}
