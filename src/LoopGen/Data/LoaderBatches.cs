using System.Collections;
using TorchSharp.Modules;

namespace LoopGen;

/// <summary>The batches of a TorchSharp loader as tuples, with their number.</summary>
internal sealed class LoaderBatches<TSample, TBatch, TTuple>(
    DataLoader<TSample, TBatch> loader, Func<TBatch, TTuple> convert) : IReadOnlyCollection<TTuple>
{
    public int Count => checked((int)loader.Count);

    public IEnumerator<TTuple> GetEnumerator()
    {
        foreach (var batch in loader)
        {
            yield return convert(batch);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
