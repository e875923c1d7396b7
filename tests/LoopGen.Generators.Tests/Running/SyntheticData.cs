using TorchSharp;

namespace LoopGen.Generators.Tests.Running;

/// <summary>Seeded data of two features, and targets as each loss wants them. The last batch is a partial one.</summary>
internal static class SyntheticData
{
    private const int Samples = 22;
    private const int BatchSize = 8;

    public static IReadOnlyList<(torch.Tensor, torch.Tensor)> Batches(string loss)
    {
        TorchTests.AssertRunsAlone();
        var random = new Random(3);
        var features = Enumerable.Range(0, Samples * 2).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        var input = torch.tensor(features, [Samples, 2]);
        var target = loss switch
        {
            "CrossEntropy" or "NLL" => torch.tensor(Enumerable.Range(0, Samples).Select(_ => random.NextInt64(3)).ToArray()),
            "BCEWithLogits" or "BCE" => torch.tensor(Enumerable.Range(0, Samples).Select(_ => (float)random.Next(2)).ToArray(), [Samples, 1]),
            _ => torch.tensor(Enumerable.Range(0, Samples).Select(_ => (float)random.NextDouble()).ToArray(), [Samples, 1]),
        };

        return [.. Enumerable.Range(0, (Samples + BatchSize - 1) / BatchSize).Select(batch => (Part(input, batch), Part(target, batch)))];
    }

    /// <summary>The same with a weight for each sample: eighths, whose sums are exact, a few of them 0.</summary>
    public static IReadOnlyList<(torch.Tensor, torch.Tensor, torch.Tensor)> Weighted(string loss)
    {
        var random = new Random(4);
        var weight = torch.tensor(Enumerable.Range(0, Samples).Select(_ => random.Next(20) / 8f).ToArray());
        return [.. Batches(loss).Select((batch, number) => (batch.Item1, batch.Item2, Part(weight, number)))];
    }

    private static torch.Tensor Part(torch.Tensor tensor, int batch)
    {
        var start = (long)batch * BatchSize;
        return tensor.narrow(0, start, Math.Min(BatchSize, Samples - start)).clone();
    }
}
