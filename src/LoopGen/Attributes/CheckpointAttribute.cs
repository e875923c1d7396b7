namespace LoopGen;

/// <summary>
/// Saves the whole state of the training into a folder, so that <c>Fit(…, resume: true)</c> goes on where it was interrupted,
/// bit for bit; and the best weights, if a figure is named. Ctrl-C and SIGTERM save and return.
/// </summary>
/// <remarks>
/// As Keras's <see href="https://keras.io/api/callbacks/backup_and_restore/">BackupAndRestore</see> and
/// <see href="https://keras.io/api/callbacks/model_checkpoint/">ModelCheckpoint</see> together, with the state of the optimizer,
/// the schedule, the averages, the rule for stopping and the running epoch, none of which those keep.
/// </remarks>
/// <example><code>[Checkpoint("checkpoints", Monitor = "val_loss")]</code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CheckpointAttribute : Attribute
{
    /// <summary>Names the folder.</summary>
    /// <param name="folder">
    /// The folder, which is made if there is none; it must be for this training alone. Relative to the current folder of the
    /// process. <c>Fit</c> takes another as <c>checkpointFolder</c>.
    /// </param>
    public CheckpointAttribute(string folder) => Folder = folder;

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>How many checkpoints are kept, the last ones, at least 2: if one is torn, the one before is taken. Default: 2.</summary>
    public int KeepLast { get; set; } = 2;

    /// <summary>Epochs after which the state is saved, at least 1; it is saved after the last one, too. Default: 1.</summary>
    public int EveryEpochs { get; set; } = 1;

    /// <summary>Updates of the weights after which the state is saved as well, in mid-epoch, at least 1. Default: never.</summary>
    public int EverySteps { get; set; }

    /// <summary>Minutes after which the state is saved as well, in mid-epoch, more than 0. Default: never.</summary>
    public double EveryMinutes { get; set; }

    /// <summary>
    /// The figure by which weights are the best, by the name it has in the progress line: <c>val_loss</c>,
    /// <c>val_accuracy</c>, <c>loss</c>. Those weights are saved as files of their own, which <c>LoadWeights</c> reads.
    /// Default: none, and no such files.
    /// </summary>
    public string? Monitor { get; set; }

    /// <summary>How many of the best weights are kept, at least 1. Default: 1.</summary>
    public int KeepBest { get; set; } = 1;

    /// <summary>
    /// How the files of the best weights are called, without an extension. In braces stand <c>epoch</c>, <c>step</c> or a
    /// figure, each with a .NET format if wanted: <c>{epoch:000}-{val_loss:0.0000}</c>. Default: <c>best</c>, or
    /// <c>best-{epoch:000}</c> where several are kept.
    /// </summary>
    public string? FileName { get; set; }

    /// <summary>
    /// Whether the state is saved after an exception, too. Going on from such a file is not exact: what the step that
    /// failed had done to buffers and totals is in it. Default: false.
    /// </summary>
    public bool SaveOnException { get; set; }
}
