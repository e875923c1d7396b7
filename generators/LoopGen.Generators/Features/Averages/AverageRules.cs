using LoopGen.Generators.Catalog;

namespace LoopGen.Generators.Features.Averages;

/// <summary>What averages of weights take.</summary>
internal static class AverageRules
{
    /// <summary>The attribute's <c>Decay</c> where it is not set.</summary>
    public const double DefaultDecay = 0.999;

    /// <summary>What <c>Decay</c> may be.</summary>
    public static readonly NumberRange RangeOfDecay = NumberRange.BelowOne;

    /// <summary>What <c>StartEpoch</c> may be.</summary>
    public static readonly NumberRange RangeOfStartEpoch = NumberRange.AtLeastOne;
}
