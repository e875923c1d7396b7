namespace LoopGen;

/// <summary>The losses that <see cref="CompileAttribute"/> knows, by their torch names.</summary>
/// <remarks>No member is 0, so that a loss that was never chosen cannot be taken for one.</remarks>
public enum Loss
{
    /// <summary>
    /// For one class out of C:
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html">torch.nn.CrossEntropyLoss</see>,
    /// Keras's <c>"sparse_categorical_crossentropy"</c> with <c>from_logits=True</c>.
    /// The output is logits of shape (N, C, d1, ...), without a softmax; the target int64 class indices in 0..C-1 of
    /// shape (N, d1, ...). The mean is over the targets that are not <see cref="CompileAttribute.IgnoreIndex"/>.
    /// </summary>
    CrossEntropy = 1,

    /// <summary>
    /// For independent yes-or-no answers:
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html">torch.nn.BCEWithLogitsLoss</see>,
    /// Keras's <c>"binary_crossentropy"</c> with <c>from_logits=True</c>.
    /// The output is logits, without a sigmoid; the target is of the same shape and floating type, with values in
    /// [0, 1]. The mean is over all elements.
    /// </summary>
    BCEWithLogits = 2,

    /// <summary>
    /// The mean squared error, for numbers:
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.MSELoss.html">torch.nn.MSELoss</see>, Keras's
    /// <c>"mean_squared_error"</c>. Output and target are of the same shape and floating type. The mean is over all
    /// elements.
    /// </summary>
    MSE = 3,

    /// <summary>
    /// The mean absolute error, for numbers among which some are far off:
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.L1Loss.html">torch.nn.L1Loss</see>, Keras's
    /// <c>"mean_absolute_error"</c>. Output and target are of the same shape and floating type. The mean is over all
    /// elements.
    /// </summary>
    L1 = 4,

    /// <summary>
    /// Half the squared error up to <see cref="CompileAttribute.Delta"/>, linear beyond it, for numbers:
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.HuberLoss.html">torch.nn.HuberLoss</see>, Keras's
    /// <c>"huber"</c>. Output and target are of the same shape and floating type. The mean is over all elements.
    /// </summary>
    Huber = 5,

    /// <summary>
    /// The Huber loss divided by its threshold, here <see cref="CompileAttribute.Beta"/>, for numbers:
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.SmoothL1Loss.html">torch.nn.SmoothL1Loss</see>;
    /// Keras has none. Output and target are of the same shape and floating type. The mean is over all elements.
    /// </summary>
    SmoothL1 = 6,

    /// <summary>
    /// The negative log-likelihood of one class out of C:
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html">torch.nn.NLLLoss</see>; Keras has
    /// none. The output is log-probabilities of shape (N, C, d1, ...), which a <c>log_softmax(1)</c> at the end of
    /// <c>forward</c> makes; the target int64 class indices in 0..C-1 of shape (N, d1, ...). For scores without it there
    /// is <see cref="CrossEntropy"/>. The mean is over the targets; TorchSharp's has no <c>ignore_index</c>.
    /// </summary>
    NLL = 7,

    /// <summary>
    /// For independent yes-or-no answers:
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.BCELoss.html">torch.nn.BCELoss</see>, Keras's
    /// <c>"binary_crossentropy"</c>. The output is probabilities in [0, 1], after a sigmoid; the target is of the same
    /// shape and floating type, with values in [0, 1]. <see cref="BCEWithLogits"/> keeps more digits. The mean is over
    /// all elements.
    /// </summary>
    BCE = 8,
}
