namespace LoopGen;

/// <summary>
/// On a field that holds a module or a parameter: <c>Fit</c> leaves its weights as they are.
/// </summary>
/// <remarks>
/// Its parameters need no gradient from then on (<c>requires_grad</c> is false, also after <c>Fit</c>). A module stays in
/// evaluation mode, so that statistics of batch normalization stand still and dropout does nothing, as after Lightning's
/// <c>freeze()</c>; Keras's <c>trainable = False</c> does so for batch normalization.
/// </remarks>
/// <example><code>[Frozen] private readonly Module&lt;Tensor, Tensor&gt; backbone = ...</code></example>
[AttributeUsage(AttributeTargets.Field, Inherited = false)]
public sealed class FrozenAttribute : Attribute;
