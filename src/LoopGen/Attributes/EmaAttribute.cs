namespace LoopGen;

/// <summary>
/// Keeps a moving average of the weights and buffers, updated after each update of the weights. The average is what is
/// evaluated after each epoch, and what the model is left with.
/// </summary>
/// <remarks>
/// As Keras's <see href="https://keras.io/api/optimizers/adamw/">use_ema</see> and torch's
/// <see href="https://pytorch.org/docs/stable/optim.html#weight-averaging-swa-and-ema">get_ema_multi_avg_fn</see>.
/// </remarks>
/// <example><code>[Ema(Decay = 0.999)]</code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EmaAttribute : Attribute
{
    /// <summary>The share of the average that is kept at each update, at least 0 and less than 1. Default: 0.999.</summary>
    public double Decay { get; set; } = 0.999;

    /// <summary>
    /// Whether the first updates use a smaller decay, <c>(1 + n) / (10 + n)</c> for the one after <c>n</c> others, so that
    /// the initial weights are soon forgotten. Default: true.
    /// </summary>
    public bool Warmup { get; set; } = true;
}
