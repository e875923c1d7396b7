namespace LoopGen;

/// <summary>Ends the training when a figure no longer improves, and can leave the model with its best weights.</summary>
/// <remarks>
/// As Keras's <see href="https://keras.io/api/callbacks/early_stopping/">EarlyStopping</see>, with the thresholds of
/// Lightning's. Why a training ended is in <see cref="History{TLog}.StopReason"/>.
/// </remarks>
/// <example><code>[EarlyStopping(Monitor = "val_loss", Patience = 3, RestoreBest = true)]</code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EarlyStoppingAttribute : Attribute
{
    /// <summary>
    /// The figure that is watched, by the name it has in the progress line: <c>val_loss</c> (the default),
    /// <c>val_accuracy</c>, <c>loss</c>. One that begins with <c>val_</c> needs validation data. Which way it improves is
    /// known of the loss and of built-in metrics.
    /// </summary>
    public string Monitor { get; set; } = "val_loss";

    /// <summary>Epochs in a row without an improvement that end the training, at least 1. Default: 3.</summary>
    public int Patience { get; set; } = 3;

    /// <summary>
    /// By how much the figure must be better than the best to be an improvement, at least 0, in the figure's units.
    /// Default: 0.
    /// </summary>
    public double MinDelta { get; set; }

    /// <summary>What the figure must beat, too, for the count of epochs to begin anew. Default: nothing.</summary>
    public double Baseline { get; set; }

    /// <summary>Epochs at first whose figures are not judged, at least 0. Keras's <c>start_from_epoch</c>. Default: 0.</summary>
    public int WarmupEpochs { get; set; }

    /// <summary>
    /// Whether the model is left with the weights of the best epoch, also when training was not ended early; else with
    /// the last ones. Keras's <c>restore_best_weights</c>. Default: false.
    /// </summary>
    public bool RestoreBest { get; set; }

    /// <summary>A figure that is as good as this ends the training. Default: none.</summary>
    public double StoppingThreshold { get; set; }

    /// <summary>A figure that is worse than this ends the training. Default: none.</summary>
    public double DivergenceThreshold { get; set; }
}
