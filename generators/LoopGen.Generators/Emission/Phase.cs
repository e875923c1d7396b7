namespace LoopGen.Generators.Emission;

/// <summary>The places of a loop where blocks write, in the order in which they stand in the emitted method.</summary>
internal enum Phase
{
    /// <summary>Optimizer and loss, before the first epoch.</summary>
    SetUp,

    /// <summary>Accumulators of the reported figures.</summary>
    Totals,

    /// <summary>All is set up; the first epoch comes next.</summary>
    TrainBegin,

    /// <summary>The epoch begins: resets.</summary>
    EpochBegin,

    /// <summary>The batch is on the device.</summary>
    Batch,

    /// <summary>Between the forward pass and the loss.</summary>
    Outputs,

    /// <summary>Step 3.</summary>
    Loss,

    /// <summary>The loss is known, the backward pass comes next.</summary>
    AfterLoss,

    /// <summary>The gradients are known, the update comes next.</summary>
    Gradients,

    /// <summary>The weights have been updated.</summary>
    AfterUpdate,

    /// <summary>Book-keeping on the device.</summary>
    Record,

    /// <summary>The epoch is complete, evaluated and logged.</summary>
    EpochEnd,

    /// <summary>After the last epoch.</summary>
    TrainEnd,
}
