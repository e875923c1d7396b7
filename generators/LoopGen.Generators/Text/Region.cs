namespace LoopGen.Generators.Text;

/// <summary>Where features may put a block around several lines. The end of each stands right behind it.</summary>
internal enum Region
{
    /// <summary>All epochs.</summary>
    Epochs,
    EndOfEpochs,

    /// <summary>Step 4.</summary>
    Backward,
    EndOfBackward,

    /// <summary>Lines that evaluate the weights, or keep those that were evaluated.</summary>
    Evaluated,
    EndOfEvaluated,
}
