namespace LoopGen.Generators.Specs;

/// <summary>Which average of the weights is kept.</summary>
/// <param name="Decay">The share that a moving average keeps, or null for an equal average over epochs.</param>
/// <param name="HasWarmup">Whether a moving average begins with smaller shares.</param>
/// <param name="StartEpoch">The first epoch of an equal average.</param>
internal sealed record AverageSpec(NumberSpec? Decay, bool HasWarmup, int StartEpoch);
