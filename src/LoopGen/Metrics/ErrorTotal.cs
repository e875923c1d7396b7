using static TorchSharp.torch;

namespace LoopGen;

/// <summary>What the mean errors share: differences of equal shapes, summed in the widest type, over a count.</summary>
internal sealed class ErrorTotal(Device device) : IStateful, IDisposable
{
    private readonly DeviceTotal total = DeviceTotal.OfReals(device);
    private long count;

    /// <summary>The difference of a batch, in float32 at least so that float16 keeps its digits.</summary>
    public static Tensor Difference(Tensor output, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        Shapes.CheckSame(output, target, "the output's shape");

        if (output.dtype is ScalarType.Float64 or ScalarType.Float32)
        {
            return output.sub(target);
        }

        using var wide = output.to_type(ScalarType.Float32);
        return wide.sub(target);
    }

    /// <summary>Adds the sum of the errors of a batch and their number.</summary>
    public void Add(Tensor errors)
    {
        using var sum = errors.sum(DeviceTotal.WidestFloat(errors.device_type));
        total.Add(sum);
        count += errors.numel();
    }

    public void Reset()
    {
        total.Reset();
        count = 0;
    }

    public double Compute()
    {
        var sum = total.Read();
        return count == 0 ? double.NaN : sum / count;
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter state)
    {
        total.SaveState(state.Part("sum"));
        state.Write("count", count);
    }

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        total.LoadState(state.Part("sum"));
        var saved = state.ReadInt64("count", 0, long.MaxValue);
        state.OnSuccess(() => count = saved);
    }

    public void Dispose() => total.Dispose();
}
