using BenchmarkDotNet.Attributes;
using static TorchSharp.torch;

namespace LoopGen.Benchmarks.Training;

/// <summary>Where batches come from: gathered by index from tensors in memory, or by TorchSharp's own loader.</summary>
[InProcess]
[WarmupCount(3)]
[IterationCount(15)]
public class EpochBenchmarks
{
    private const int Samples = 20_000;
    private const int BatchSize = 64;

    private Tensor images = null!;
    private Tensor labels = null!;
    private TorchSharp.Modules.IterableDataLoader loader = null!;
    private TensorBatches<(Tensor, Tensor)> batches = null!;

    [GlobalSetup]
    public void SetUp()
    {
        set_num_threads(1);
        this.images = rand(Samples, 784);
        this.labels = randint(0, 10, [Samples]);
        this.loader = utils.data.DataLoader(utils.data.TensorDataset(this.images, this.labels), BatchSize, shuffle: true);
        this.batches = Batches.FromTensors(this.images, this.labels, BatchSize, shuffle: true, seed: 1);
    }

    [Benchmark(Baseline = true)]
    public long TorchSharpsDataLoader() => Count(Batches.FromLoader(this.loader));

    [Benchmark]
    public long TensorsInMemory() => Count(this.batches);

    private static long Count(IEnumerable<(Tensor Image, Tensor Label)> epoch)
    {
        var samples = 0L;
        foreach (var (_, label) in Batches.Checked(epoch))
        {
            samples += label.numel();
        }

        return samples;
    }
}
