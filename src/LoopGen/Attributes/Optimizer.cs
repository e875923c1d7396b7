namespace LoopGen;

/// <summary>The optimizers that <see cref="CompileAttribute"/> knows, by their torch names.</summary>
public enum Optimizer
{
    /// <summary>
    /// Adam with decoupled weight decay:
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.AdamW.html">torch.optim.AdamW</see>,
    /// Keras's <c>"adamw"</c>. A sound first choice for most models.
    /// </summary>
    AdamW,

    /// <summary>
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.Adam.html">torch.optim.Adam</see>, Keras's
    /// <c>"adam"</c>. Its weight decay is an L2 penalty; prefer <see cref="AdamW"/> where there is any.
    /// </summary>
    Adam,

    /// <summary>
    /// Stochastic gradient descent, with momentum if asked for:
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.SGD.html">torch.optim.SGD</see>, Keras's
    /// <c>"sgd"</c>.
    /// </summary>
    SGD,

    /// <summary>
    /// Gradients divided by a running mean of their size:
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.RMSprop.html">torch.optim.RMSprop</see> (the
    /// factory that TorchSharp calls <c>RMSProp</c>), Keras's <c>"rmsprop"</c>. Its learning rate is 0.01 unless set.
    /// </summary>
    RMSprop,
}
