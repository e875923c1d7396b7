namespace LoopGen;

/// <summary>The operators that are called here, with the schemas of libtorch 2.10.</summary>
internal static class Operators
{
    /// <summary>SGD over lists of parameters, gradients and momentum buffers.</summary>
    public static readonly Operator FusedSgd = new("aten::_fused_sgd_", string.Empty, arguments: 12, results: 0);

    /// <summary>Adam over lists of parameters, gradients, both averages, the largest second ones, and steps.</summary>
    public static readonly Operator FusedAdam = new("aten::_fused_adam_", string.Empty, arguments: 15, results: 0);

    /// <summary>The same of AdamW.</summary>
    public static readonly Operator FusedAdamW = new("aten::_fused_adamw_", string.Empty, arguments: 15, results: 0);

    /// <summary>Adagrad over lists of parameters, gradients, sums of squares, and steps.</summary>
    public static readonly Operator FusedAdagrad = new("aten::_fused_adagrad_", string.Empty, arguments: 11, results: 0);

    /// <summary>Copies a list of tensors into another one.</summary>
    public static readonly Operator Copy = new("aten::_foreach_copy_", string.Empty, arguments: 3, results: 0);
}
