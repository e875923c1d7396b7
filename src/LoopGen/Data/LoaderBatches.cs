using System.Collections;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>The batches of a TorchSharp loader as pairs, with their number.</summary>
internal sealed class LoaderBatches<TSample, TBatch>(
    DataLoader<TSample, TBatch> loader, Func<TBatch, (Tensor, Tensor)> pair) : IReadOnlyCollection<(Tensor, Tensor)>
{
    public int Count => checked((int)loader.Count);

    public IEnumerator<(Tensor, Tensor)> GetEnumerator()
    {
        foreach (var batch in loader)
        {
            yield return pair(batch);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
