namespace LoopGen.Examples.Tests;

/// <summary>Three numbers, and one that is a sum of multiples of them or says whether that sum is positive.</summary>
internal sealed class NumberData : IDisposable
{
    private readonly List<Tensor> owned = [];

    public NumberData(int count)
    {
        var random = new Random(0);
        var features = Enumerable.Range(0, 3 * count).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var sums = Enumerable.Range(0, count)
            .Select(row => (2 * features[3 * row]) - features[(3 * row) + 1] + (3 * features[(3 * row) + 2]))
            .ToArray();
        Features = Own(tensor(features, [count, 3]));
        Target = Own(tensor(sums, [count, 1]));
        YesNo = Own(tensor([.. sums.Select(sum => sum > 0 ? 1f : 0f)], [count, 1]));
    }

    public Tensor Features { get; }

    public Tensor Target { get; }

    public Tensor YesNo { get; }

    public List<(Tensor features, Tensor target)> InBatches(int size, bool isYesNo = false)
    {
        var target = isYesNo ? YesNo : Target;
        var list = new List<(Tensor features, Tensor target)>();
        for (long start = 0; start < target.size(0); start += size)
        {
            var length = Math.Min(size, target.size(0) - start);
            list.Add((Own(Features.narrow(0, start, length)), Own(target.narrow(0, start, length))));
        }

        return list;
    }

    public void Dispose()
    {
        foreach (var tensor in owned)
        {
            tensor.Dispose();
        }
    }

    private Tensor Own(Tensor tensor)
    {
        owned.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
