namespace LoopGen.Generators.Emission;

/// <summary>Which loop a block writes for. What evaluation has in common with training comes from the same block.</summary>
internal enum LoopKind
{
    /// <summary>Epochs of batches: <c>Fit</c>.</summary>
    Training,

    /// <summary>One update: <c>TrainOnBatch</c>.</summary>
    SingleStep,

    /// <summary>No update: <c>Evaluate</c>, <c>TestOnBatch</c>.</summary>
    Evaluation,
}
