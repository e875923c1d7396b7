namespace LoopGen;

/// <summary>What the steps of a training depend on, for errors about one of them.</summary>
/// <param name="GivenSeed">The seed that was given, or null.</param>
/// <param name="Progress">Where the training is, if its steps can be repeated from a checkpoint; or null.</param>
internal sealed record StepOrigin(int? GivenSeed, TrainingProgress? Progress = null)
{
    /// <summary>The seed, whether given, drawn or resumed; null if nothing is known of it.</summary>
    public long? Seed => Progress?.Seed ?? GivenSeed;
}
