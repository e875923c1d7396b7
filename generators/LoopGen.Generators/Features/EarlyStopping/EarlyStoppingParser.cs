using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Features.EarlyStopping;

/// <summary>Reads <c>[EarlyStopping]</c>.</summary>
internal static class EarlyStoppingParser
{
    // The property of the attribute, and the parameter of the rule.
    private static readonly (string Property, string Name)[] Limits =
    [
        (KnownNames.BaselineProperty, "baseline"),
        (KnownNames.StoppingThresholdProperty, "stoppingThreshold"),
        (KnownNames.DivergenceThresholdProperty, "divergenceThreshold"),
    ];

    public static EarlyStoppingFeature? Read(FeatureReading reading)
    {
        if (reading.Attributes[KnownNames.EarlyStoppingAttributeName] is not { } rule)
        {
            return null;
        }

        var figure = MonitorRules.MonitorOf(rule);
        var monitor = MonitorRules.Resolve(figure, reading.Metrics);
        var minDelta = CompileParser.Argument(rule, KnownNames.MinDeltaProperty)?.Value as double?;
        return new EarlyStoppingFeature(
            monitor ?? MonitorRules.ValidationLoss,
            monitor is null ? MonitorRules.Default : figure,
            CompileParser.Argument(rule, KnownNames.PatienceProperty)?.Value as int? ?? EarlyStoppingRules.DefaultPatience,
            new NumberSpec("minDelta", minDelta ?? 0, KnownNames.MinDeltaProperty, isGiven: minDelta is not null),
            CompileParser.Argument(rule, KnownNames.WarmupEpochsProperty)?.Value as int? ?? 0,
            LimitsOf(rule),
            CompileParser.Argument(rule, KnownNames.RestoreBestProperty)?.Value is true);
    }

    private static EquatableArray<NumberSpec> LimitsOf(AttributeData rule)
    {
        var limits = new List<NumberSpec>();
        foreach (var (property, name) in Limits)
        {
            if (CompileParser.Argument(rule, property)?.Value is double value)
            {
                limits.Add(new NumberSpec(name, value, property, isGiven: true));
            }
        }

        return limits.ToEquatableArray();
    }
}
