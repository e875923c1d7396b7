namespace LoopGen.Generators.Text;

/// <summary>
/// The places where features write, in the order in which they stand in the emitted files. Those of the training loop and
/// those of single steps are different places, so that no feature asks which loop it is in.
/// </summary>
internal enum Place
{
    /// <summary>The model has moved; the optimizer comes next.</summary>
    BeforeOptimizer,

    /// <summary>Optimizer and loss are there, the first epoch is far.</summary>
    SetUp,

    /// <summary>Accumulators of the reported figures.</summary>
    Totals,

    /// <summary>The history is there: an earlier state of the training may take its place.</summary>
    Resume,

    /// <summary>An earlier state has taken its place.</summary>
    Resumed,

    /// <summary>All is set up; the first epoch comes next.</summary>
    TrainBegin,

    /// <summary>The model has been put into training mode.</summary>
    TrainMode,

    /// <summary>The epoch begins: resets.</summary>
    EpochBegin,

    /// <summary>The epoch has begun.</summary>
    EpochBegun,

    /// <summary>What belongs to one update begins: a batch or a window.</summary>
    StepBegin,

    /// <summary>A window of batches begins.</summary>
    WindowBegin,

    /// <summary>The batch is on the device.</summary>
    Batch,

    /// <summary>Between the forward pass and the loss.</summary>
    Outputs,

    /// <summary>Step 3.</summary>
    Loss,

    /// <summary>The loss is known, the backward pass comes next.</summary>
    AfterLoss,

    /// <summary>The batch's gradients are there, as the backward pass has left them.</summary>
    AfterBackward,

    /// <summary>The gradients are known, the update comes next.</summary>
    Gradients,

    /// <summary>Step 5, before the update.</summary>
    Update,

    /// <summary>The weights have been updated.</summary>
    AfterUpdate,

    /// <summary>Whatever follows belongs to the next update.</summary>
    UpdateEnd,

    /// <summary>Book-keeping on the device.</summary>
    Record,

    /// <summary>What belongs to one update is over.</summary>
    StepEnd,

    /// <summary>The state is about to be saved in the middle of an epoch.</summary>
    BeforeSave,

    /// <summary>Somebody asked to stop in the middle of the epoch.</summary>
    Interrupted,

    /// <summary>The last batch of the epoch was seen, or the last before a stop.</summary>
    BatchesEnd,

    /// <summary>All batches of the epoch were seen; the evaluation comes next.</summary>
    EpochComplete,

    /// <summary>The figures of the epoch are known: what they decide.</summary>
    Decisions,

    /// <summary>The epoch is in the history, and nobody was told yet.</summary>
    Save,

    /// <summary>The epoch is complete, evaluated and logged.</summary>
    EpochEnd,

    /// <summary>The last epoch is over, whatever ended it.</summary>
    EpochsEnd,

    /// <summary>After the last epoch, still in training mode.</summary>
    End,

    /// <summary>The model is as it will be left.</summary>
    TrainEnd,

    /// <summary>A single step: the model has moved.</summary>
    SingleSetUp,

    /// <summary>A single step: the model has been put into training mode.</summary>
    SingleTrainMode,

    /// <summary>A single step: the gradients are known, the update comes next.</summary>
    SingleGradients,

    /// <summary>Behind the overloads of <c>Fit</c>: methods of a feature's own.</summary>
    FitMembers,

    /// <summary>In the record of an epoch, behind its figures.</summary>
    LogMembers,

    /// <summary>Behind the records: what else the class is given.</summary>
    TypeMembers,
}
