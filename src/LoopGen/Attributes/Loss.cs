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
}
