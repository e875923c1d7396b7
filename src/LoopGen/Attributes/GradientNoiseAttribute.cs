namespace LoopGen;

/// <summary>
/// Adds normal noise to every gradient before an update, with a variance of <c>Variance / (1 + step)^Decay</c>: it helps deep
/// networks out of poor minima early, and fades
/// (<see href="https://arxiv.org/abs/1511.06807">Neelakantan et al., 2015</see>).
/// </summary>
/// <remarks>The noise comes from torch's generator, after a limit of <see cref="ClipGradientsAttribute"/>. Single steps have none.</remarks>
/// <example><code>[GradientNoise(Variance = 0.01)]</code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class GradientNoiseAttribute : Attribute
{
    /// <summary>The variance in the first update, greater than 0. Default: 0.01; the paper tries 0.01, 0.3 and 1.</summary>
    public double Variance { get; set; } = 0.01;

    /// <summary>The power with which it falls, at least 0. Default: 0.55, the paper's.</summary>
    public double Decay { get; set; } = 0.55;
}
