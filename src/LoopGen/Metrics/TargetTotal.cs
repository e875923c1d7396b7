using System.Globalization;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// How many targets there were, less those that are ignored: counted on the host where it can see them, else on the
/// device, without waiting for it.
/// </summary>
internal sealed class TargetTotal(Device device, long? ignoreIndex) : IStateful, IDisposable
{
    private readonly DeviceTotal onDevice = DeviceTotal.OfCounts(device);
    private long onHost;
    private bool hasOnDevice;

    private string Ignored => ignoreIndex?.ToString(CultureInfo.InvariantCulture) ?? "none";

    /// <summary>Adds the targets of a batch.</summary>
    public void Add(Tensor target)
    {
        if (ignoreIndex is not { } ignored)
        {
            onHost += target.numel();
        }
        else if (target.dtype == ScalarType.Int64 && HostValues.CanRead(target))
        {
            onHost += HostValues.CountOthers(target, ignored);
        }
        else
        {
            using var isCounted = target.ne(Scalars.Of(ignored));
            using var number = isCounted.sum();
            onDevice.Add(number);
            hasOnDevice = true;
        }
    }

    /// <summary>Whether an ignored target could be taken for one of so many classes.</summary>
    public bool IgnoresOneOf(long classes) => ignoreIndex >= 0 && ignoreIndex < classes;

    public void Reset()
    {
        onDevice.Reset();
        onHost = 0;
        hasOnDevice = false;
    }

    /// <summary>The number; this waits for the device if it was counted there.</summary>
    public double Read() => onHost + (hasOnDevice ? onDevice.Read() : 0);

    /// <inheritdoc/>
    public void SaveState(StateWriter state)
    {
        state.Write("ignore_index", Ignored);
        onDevice.SaveState(state.Part("count_on_device"));
        state.Write("count", onHost);
        state.Write("has_count_on_device", hasOnDevice ? 1 : 0);
    }

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        state.Check("ignore_index", Ignored);
        onDevice.LoadState(state.Part("count_on_device"));
        var saved = (state.ReadInt64("count", 0, long.MaxValue), state.ReadInt64("has_count_on_device", 0, 1) == 1);
        state.OnSuccess(() => (onHost, hasOnDevice) = saved);
    }

    public void Dispose() => onDevice.Dispose();
}
