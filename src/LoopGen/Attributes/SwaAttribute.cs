namespace LoopGen;

/// <summary>
/// Stochastic weight averaging: the plain average of the weights and buffers after each epoch from
/// <see cref="StartEpoch"/> on. From then on the average is what is evaluated, and what the model is left with.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1803.05407">Izmailov et al., 2018</see>; torch's
/// <see href="https://pytorch.org/docs/stable/optim.html#weight-averaging-swa-and-ema">AveragedModel</see> with
/// <c>use_buffers=True</c>: the running statistics of batch normalization are averaged too.
/// </remarks>
/// <example><code>[Swa(StartEpoch = 5)]</code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SwaAttribute : Attribute
{
    /// <summary>The first epoch whose weights are averaged, at least 1.</summary>
    public int StartEpoch { get; set; }
}
