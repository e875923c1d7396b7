namespace LoopGen.Generators.Loop;

/// <summary>Which loop a block writes for. What evaluation has in common with training comes from the same block.</summary>
internal enum LoopKind
{
    /// <summary>Epochs of batches: <c>Fit</c>.</summary>
    Training,

    /// <summary>One update: <c>TrainOnBatch</c>.</summary>
    SingleStep,

    /// <summary>Batches without updates: <c>Evaluate</c>.</summary>
    Evaluation,

    /// <summary>One batch without an update: <c>TestOnBatch</c>.</summary>
    SingleEvaluation,
}
