using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// One <see cref="DeviceTotal"/> a class or column, in one tensor whose length the first batch tells. It belongs to no
/// dispose scope either, and is updated in place.
/// </summary>
internal sealed class DeviceVector : IStateful, IDisposable
{
    private readonly Device device;
    private readonly ScalarType dtype;
    private Tensor? totals;
    private bool isDisposed;

    private DeviceVector(Device device, ScalarType dtype)
    {
        ArgumentNullException.ThrowIfNull(device);
        this.device = device;
        this.dtype = dtype;
    }

    /// <summary>Totals of real numbers, in float64 where the device has it.</summary>
    public static DeviceVector OfReals(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new DeviceVector(device, DeviceTotal.WidestFloat(device.type));
    }

    /// <summary>Totals of whole numbers, in int64.</summary>
    public static DeviceVector OfCounts(Device device) => new(device, ScalarType.Int64);

    /// <summary>The tensor itself: zeros of that length at first.</summary>
    /// <param name="length">How many totals.</param>
    /// <param name="what">What there is one of each for, in the plural: "classes".</param>
    /// <exception cref="ArgumentException">An earlier batch had another length.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public Tensor OfLength(long length, string what)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        totals ??= zeros([length], dtype, device).DetachFromDisposeScope();
        if (totals.size(0) != length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"output has {length} {what}, but an earlier batch had {totals.size(0)}."),
                "output");
        }

        return totals;
    }

    /// <summary>Forgets the totals and their length.</summary>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        totals?.Dispose();
        totals = null;
    }

    /// <summary>Waits for the device and reads the totals; none before the first batch.</summary>
    public double[] Read()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (totals is null)
        {
            return [];
        }

        using var noGrad = no_grad();
        using var host = totals.cpu();
        using var wide = host.to_type(ScalarType.Float64);
        return wide.data<double>().ToArray();
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter state)
    {
        state.Write("has_totals", totals is null ? 0 : 1);
        if (totals is not null)
        {
            state.Write("totals", totals);
        }
    }

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        var loaded = state.ReadInt64("has_totals", 0, 1) == 1 ? state.ReadTensor("totals", device) : null;
        if (loaded is not null && (loaded.dtype != dtype || loaded.dim() != 1))
        {
            state.Note($"a row of totals of {dtype} here is {Describe.Tensor(loaded)} in the file");
        }

        state.OnSuccess(() =>
        {
            totals?.Dispose();
            totals = loaded;
        });
    }

    public void Dispose()
    {
        isDisposed = true;
        totals?.Dispose();
    }
}
