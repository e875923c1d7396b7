using static TorchSharp.torch;

namespace LoopGen;

/// <summary>How many answers were right: those that the host counted, and those that were counted on the device.</summary>
internal sealed class HitTotal(Device device) : IStateful, IDisposable
{
    private readonly DeviceTotal onDevice = DeviceTotal.OfCounts(device);
    private long onHost;
    private bool hasOnDevice;

    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public void Add(long hits)
    {
        _ = onDevice.Value;
        onHost += hits;
    }

    public void Add(Tensor hits)
    {
        onDevice.Add(hits);
        hasOnDevice = true;
    }

    public void Reset()
    {
        onDevice.Reset();
        onHost = 0;
        hasOnDevice = false;
    }

    /// <summary>The number; this waits for the device if some were counted there.</summary>
    public double Read()
    {
        _ = onDevice.Value;
        return onHost + (hasOnDevice ? onDevice.Read() : 0);
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter state)
    {
        onDevice.SaveState(state.Part("on_device"));
        state.Write("on_host", onHost);
        state.Write("has_on_device", hasOnDevice ? 1 : 0);
    }

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        onDevice.LoadState(state.Part("on_device"));
        var saved = (state.ReadInt64("on_host", 0, long.MaxValue), state.ReadInt64("has_on_device", 0, 1) == 1);
        state.OnSuccess(() => (onHost, hasOnDevice) = saved);
    }

    public void Dispose() => onDevice.Dispose();
}
