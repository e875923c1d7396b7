namespace LoopGen.Generators.Features.Hooks;

/// <summary>The partial methods by which a model takes part in its loop; the names are the methods'.</summary>
[Flags]
internal enum Hook
{
    None = 0,
    OnTrainBegin = 1 << 0,
    OnEpochBegin = 1 << 1,
    OnBatch = 1 << 2,
    OnLoss = 1 << 3,
    OnGradients = 1 << 4,
    OnStep = 1 << 5,
    OnEpochEnd = 1 << 6,
    OnTrainEnd = 1 << 7,
}
