using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// Keeps the gradients of a window of batches within what float16 can hold: they are those of a sum until the window ends,
/// and a sum over a few hundred targets can be beyond 65,504.
/// </summary>
/// <remarks>
/// For a model with float16 parameters each batch's sum is multiplied by a power of two, about one over the targets of a
/// window, and the division at the end takes it back, in float32. For every other model it changes nothing. Nothing waits for
/// the device. An instance is for one run.
/// </remarks>
public sealed class WindowScale : IDisposable
{
    private readonly nn.Module model;
    private readonly int batches;
    private readonly bool isNeeded;
    private double scale;
    private Scalar? factor;

    /// <summary>Makes a scale.</summary>
    /// <param name="model">The model, in the type it is trained in.</param>
    /// <param name="batches">Batches of a window, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batches"/> is less than 1.</exception>
    public WindowScale(nn.Module model, int batches)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1);
        this.model = model;
        this.batches = batches;
        isNeeded = model.parameters().Any(parameter => parameter.dtype == ScalarType.Float16);
    }

    /// <summary>What the backward pass begins with.</summary>
    /// <param name="sum">The sum of a batch's losses, one element.</param>
    /// <param name="targets">How many they are, about: the first batch's decides.</param>
    /// <returns>
    /// <paramref name="sum"/> itself, or for a model in float16 a new tensor of the caller's scope: its product with the scale.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="sum"/> is null.</exception>
    public Tensor Apply(Tensor sum, long targets)
    {
        ArgumentNullException.ThrowIfNull(sum);
        if (!isNeeded)
        {
            return sum;
        }

        if (factor is null)
        {
            // A power of two changes no digit. It stays above what float16 rounds to 0.
            var number = BitOperations.RoundUpToPowerOf2((ulong)Math.Clamp(targets, 1, 1 << 20) * (ulong)batches);
            scale = 1.0 / Math.Min(number, 1 << 14);
            factor = scale.ToScalar();
        }

        return sum.mul(factor);
    }

    /// <summary>Divides the gradients of a window, as <see cref="Gradients.Divide(nn.Module, long)"/>, and takes the scale back.</summary>
    /// <param name="count">The targets of the window, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public void Divide(long count)
    {
        if (factor is null)
        {
            Gradients.Divide(model, count);
            return;
        }

        ArgumentOutOfRangeException.ThrowIfNegative(count);
        using var number = ((double)count).ToScalar();
        using var total = full([], number, ScalarType.Float32, model.parameters().First().device);
        Divide(total);
    }

    /// <summary>
    /// Divides the gradients of a window, as <see cref="Gradients.Divide(nn.Module, Tensor)"/>, and takes the scale back.
    /// </summary>
    /// <param name="count">The targets of the window, or their weights: one element on the same device.</param>
    /// <exception cref="ArgumentNullException"><paramref name="count"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="count"/> has more or fewer than one element.</exception>
    public void Divide(Tensor count)
    {
        ArgumentNullException.ThrowIfNull(count);
        if (factor is null)
        {
            Gradients.Divide(model, count);
            return;
        }

        using var wide = count.to_type(ScalarType.Float32);
        using var scaled = wide.mul(factor);
        Gradients.Divide(model, scaled);
    }

    /// <summary>Frees the number.</summary>
    public void Dispose() => factor?.Dispose();
}
