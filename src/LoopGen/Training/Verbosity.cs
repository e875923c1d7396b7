namespace LoopGen;

/// <summary>
/// How much <c>Fit</c> prints: <see href="https://keras.io/api/models/model_training_apis/#fit-method">Keras's verbose</see>.
/// </summary>
public enum Verbosity
{
    /// <summary>
    /// <see cref="ProgressBar"/> on a terminal, <see cref="LinePerEpoch"/> when the output goes elsewhere: Keras's
    /// <c>"auto"</c>.
    /// </summary>
    Auto,

    /// <summary>Nothing: Keras's 0.</summary>
    Silent,

    /// <summary>
    /// A bar that is redrawn in place, at most ten times a second: Keras's 1. Its figures are read from the device as
    /// often.
    /// </summary>
    ProgressBar,

    /// <summary>One line per epoch, after it ended: Keras's 2. Nothing is read in between.</summary>
    LinePerEpoch,
}
