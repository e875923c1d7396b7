namespace LoopGen;

/// <summary>What the sum of weighted losses is divided by.</summary>
public enum LossDivisor
{
    /// <summary>
    /// The number of targets that are not ignored, as
    /// <see href="https://keras.io/api/losses/">Keras's <c>sum_over_batch_size</c></see> does: a batch of heavy targets
    /// moves the weights of the model more than one of light ones.
    /// </summary>
    Targets = 0,

    /// <summary>
    /// The sum of the weights of those targets, as torch's own
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html">weighted mean</see> and Keras's
    /// <c>mean_with_sample_weight</c> do: every batch moves them alike.
    /// </summary>
    Weights = 1,
}
