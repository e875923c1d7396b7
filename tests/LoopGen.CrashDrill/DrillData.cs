using static TorchSharp.torch;

namespace LoopGen.CrashDrill;

/// <summary>Points around class centres, always the same ones.</summary>
public sealed class DrillData : IDisposable
{
    /// <summary>Numbers per sample.</summary>
    public const int Features = 8;

    /// <summary>The number of classes.</summary>
    public const int Classes = 4;

    /// <summary>Draws the samples, around the same centres whatever the seed.</summary>
    /// <param name="samples">How many.</param>
    /// <param name="seed">What they depend on.</param>
    public DrillData(int samples, long seed)
    {
        using var scope = NewDisposeScope();
        using var common = new Generator(0, CPU);
        using var generator = new Generator((ulong)seed, CPU);
        var centres = randn([Classes, Features], generator: common);
        var classes = randint(0, Classes, [samples], ScalarType.Int64, generator: generator);
        Target = classes.DetachFromDisposeScope();
        Points = centres.index_select(0, classes).add(randn([samples, Features], generator: generator)).DetachFromDisposeScope();
    }

    /// <summary>Float32 (samples, <see cref="Features"/>).</summary>
    public Tensor Points { get; }

    /// <summary>Int64 (samples).</summary>
    public Tensor Target { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Points.Dispose();
        Target.Dispose();
    }
}
