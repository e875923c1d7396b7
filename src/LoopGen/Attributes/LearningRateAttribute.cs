namespace LoopGen;

/// <summary>
/// On a field that holds a module or a parameter: its weights learn at a rate of their own, in a parameter group of their
/// own.
/// </summary>
/// <remarks>
/// PyTorch's <see href="https://pytorch.org/docs/stable/optim.html#per-parameter-options">per-parameter options</see>. A
/// schedule scales all groups alike. A second attribute on a module within this one is not looked for.
/// </remarks>
/// <example><code>[LearningRate(0.1)] private readonly Module&lt;Tensor, Tensor&gt; backbone = ...</code></example>
[AttributeUsage(AttributeTargets.Field, Inherited = false)]
public sealed class LearningRateAttribute : Attribute
{
    /// <summary>Sets the rate.</summary>
    /// <param name="factor">What the model's learning rate is multiplied by, at least 0.</param>
    public LearningRateAttribute(double factor) => Factor = factor;

    /// <summary>What the model's learning rate is multiplied by.</summary>
    public double Factor { get; }
}
