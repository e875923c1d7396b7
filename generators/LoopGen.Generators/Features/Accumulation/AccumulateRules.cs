using LoopGen.Generators.Catalog;
using LoopGen.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Features.Accumulation;

/// <summary>What a window of batches may be.</summary>
internal static class AccumulateRules
{
    /// <summary>What <c>Steps</c> may be: a window of one batch is no window.</summary>
    public static readonly NumberRange RangeOfSteps = NumberRange.AtLeastTwo;

    /// <summary>The batches of a window, or null where there is none or it cannot be.</summary>
    public static int? StepsOf(AttributeData? accumulate)
        => accumulate is not null && CompileParser.Argument(accumulate, KnownNames.StepsProperty)?.Value is int steps && RangeOfSteps.Contains(steps)
            ? steps
            : null;
}
