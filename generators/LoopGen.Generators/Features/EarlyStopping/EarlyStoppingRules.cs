using LoopGen.Generators.Model;
using LoopGen.Generators.Text;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Features.EarlyStopping;

/// <summary>What the numbers of <c>[EarlyStopping]</c> may be.</summary>
internal static class EarlyStoppingRules
{
    public const int DefaultPatience = 3;

    /// <summary>The ranges of its numbers.</summary>
    public static readonly (string Property, NumberRange Range)[] Ranges =
    [
        (KnownNames.PatienceProperty, NumberRange.AtLeastOne),
        (KnownNames.MinDeltaProperty, NumberRange.NotNegative),
        (KnownNames.WarmupEpochsProperty, NumberRange.NotNegative),
        (KnownNames.BaselineProperty, NumberRange.Finite),
        (KnownNames.StoppingThresholdProperty, NumberRange.Finite),
        (KnownNames.DivergenceThresholdProperty, NumberRange.Finite),
    ];

    /// <summary>What the limit of divergence must be, because every figure is at the goal or beyond the limit; or null.</summary>
    public static string? ProblemOfThresholds(AttributeData rule, bool isHigherBetter)
    {
        if (CompileParser.Argument(rule, KnownNames.StoppingThresholdProperty)?.Value is not double goal
            || CompileParser.Argument(rule, KnownNames.DivergenceThresholdProperty)?.Value is not double limit)
        {
            return null;
        }

        return isHigherBetter switch
        {
            true when limit >= goal => $"less than the StoppingThreshold of {Literal.Plain(goal)}",
            false when limit <= goal => $"greater than the StoppingThreshold of {Literal.Plain(goal)}",
            _ => null,
        };
    }
}
