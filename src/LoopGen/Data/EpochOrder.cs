using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The order of one epoch: indices on the devices of the data. They outlive the scope in which the first batch is made
/// and are freed when the epoch ends.
/// </summary>
internal sealed class EpochOrder : IDisposable
{
    private readonly Tensor[] data;
    private readonly Tensor[] indices;

    private EpochOrder(Tensor[] data, Tensor[] indices)
    {
        this.data = data;
        this.indices = indices;
    }

    public static EpochOrder Shuffled(Tensor[] data, long firstSample, long sampleCount, long seed, int epoch)
    {
        // Drawn on the CPU by a generator of its own: the same order on every device, whatever else draws numbers.
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)Randomness.Mix(seed, epoch), CPU);
        using var first = firstSample.ToScalar();
        var order = randperm(sampleCount, ScalarType.Int64, CPU, generator: generator).add_(first, Scalars.One);
        return new EpochOrder(data, Array.ConvertAll(data, tensor => order.to(tensor.device).DetachFromDisposeScope()));
    }

    /// <summary>Gathers some samples of every tensor.</summary>
    public Tensor[] Gather(long start, long length)
    {
        var parts = new Tensor[data.Length];
        for (var part = 0; part < parts.Length; part++)
        {
            using var index = indices[part].narrow(0, start, length);
            parts[part] = data[part].index_select(0, index);
        }

        return parts;
    }

    public void Dispose()
    {
        foreach (var index in indices)
        {
            index.Dispose();
        }
    }
}
