namespace LoopGen;

/// <summary>
/// Limits the gradients between the backward pass and the update, without waiting for the device. Exactly one of
/// <see cref="Norm"/>, <see cref="Value"/> and <see cref="EachNorm"/> is given.
/// </summary>
/// <example><code>[ClipGradients(Norm = 1.0)]</code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ClipGradientsAttribute : Attribute
{
    /// <summary>
    /// The largest norm of all gradients taken as one vector, greater than 0: torch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html">clip_grad_norm_</see>,
    /// Keras's <c>global_clipnorm</c>. Longer gradients are scaled, their direction stays.
    /// </summary>
    public double Norm { get; set; }

    /// <summary>
    /// The largest size of each element, greater than 0: torch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_value_.html">clip_grad_value_</see>,
    /// Keras's <c>clipvalue</c>.
    /// </summary>
    public double Value { get; set; }

    /// <summary>The largest norm of each parameter's gradient by itself, greater than 0: Keras's <c>clipnorm</c>.</summary>
    public double EachNorm { get; set; }

    /// <summary>
    /// Whether the mean of the global norm before the clip is reported as <c>GradientNorm</c> in the log. For
    /// <see cref="Norm"/>. Default: false.
    /// </summary>
    public bool LogNorm { get; set; }
}
