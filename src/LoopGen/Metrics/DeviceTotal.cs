using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// A running total in a tensor on the device, so that adding to it never waits for the device. It is updated in place
/// without gradients and belongs to no dispose scope: it lives until it is disposed, whatever scopes its user opens.
/// </summary>
internal sealed class DeviceTotal : IStateful, IDisposable
{
    private readonly Tensor total;

    private DeviceTotal(Device device, ScalarType dtype)
    {
        ArgumentNullException.ThrowIfNull(device);
        total = zeros([], dtype, device).DetachFromDisposeScope();
    }

    /// <summary>The tensor itself, to compute with on the device.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public Tensor Value
    {
        get
        {
            ObjectDisposedException.ThrowIf(total.IsInvalid, this);
            return total;
        }
    }

    /// <summary>A total of real numbers, in float64 where the device has it.</summary>
    public static DeviceTotal OfReals(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new DeviceTotal(device, WidestFloat(device.type));
    }

    /// <summary>A total of whole numbers, in int64.</summary>
    public static DeviceTotal OfCounts(Device device) => new(device, ScalarType.Int64);

    /// <summary>The widest floating type of a kind of device: Apple's MPS has no float64.</summary>
    public static ScalarType WidestFloat(DeviceType device) =>
        device == DeviceType.MPS ? ScalarType.Float32 : ScalarType.Float64;

    /// <summary>Adds a 0-dimensional tensor; it is widened to the type of the total.</summary>
    public void Add(Tensor value)
    {
        using var noGrad = no_grad();
        Value.add_(value, Scalars.One);
    }

    /// <summary>Adds a 0-dimensional tensor <paramref name="weight"/> times, multiplied in the total's precision.</summary>
    public void Add(Tensor value, long weight)
    {
        using var noGrad = no_grad();
        using var factor = weight.ToScalar();
        Value.add_(value, factor);
    }

    public void Reset()
    {
        using var noGrad = no_grad();
        Value.fill_(Scalars.Zero);
    }

    /// <summary>Waits for the device and reads the total.</summary>
    public double Read()
    {
        using var value = Value.ToScalar();
        return value.ToDouble();
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter state) => state.Write("total", Value);

    /// <inheritdoc/>
    public void LoadState(StateReader state) => state.Fill("total", Value);

    public void Dispose() => total.Dispose();
}
