using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen.Benchmarks.Training;

/// <summary>
/// What a step of a fused optimizer costs against one of TorchSharp's own with the same numbers, on one thread: in processor time,
/// which other work on the machine does not count in.
/// </summary>
internal static class PairedOptimizerRun
{
    private const int Rounds = 31;

    private static readonly (string Name, Func<IEnumerable<Parameter>, optim.Optimizer> Managed, Func<IEnumerable<Parameter>, optim.Optimizer> Fused)[] Optimizers =
    [
        ("SGD with momentum", weights => optim.SGD(weights, 1e-3, momentum: 0.9), weights => new Fused.SGD(weights, 1e-3, momentum: 0.9)),
        ("Adam", weights => optim.Adam(weights), weights => new Fused.Adam(weights)),
        ("AdamW", weights => optim.AdamW(weights, weight_decay: 0.01), weights => new Fused.AdamW(weights, weight_decay: 0.01)),
        ("Adagrad", weights => optim.Adagrad(weights), weights => new Fused.Adagrad(weights)),
    ];

    public static void Run()
    {
        set_num_threads(1);
        Console.WriteLine("| parameters | optimizer | TorchSharp, µs | fused, µs | ratio (quartiles) | managed bytes, TorchSharp | fused |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        Report("MLP 784-128-128-10", [[128, 784], [128], [128, 128], [128], [10, 128], [10]], steps: 400);
        Report("ResNet-18, a quarter as wide", [.. ResNet18(16)], steps: 60);
        Report("ResNet-18", [.. ResNet18(64)], steps: 6);
    }

    private static void Report(string model, long[][] shapes, int steps)
    {
        foreach (var (name, managed, fused) in Optimizers)
        {
            using var scope = NewDisposeScope();
            var first = Weights(shapes);
            var second = Weights(shapes);
            using var managedOptimizer = managed(first);
            using var fusedOptimizer = fused(second);
            var (ofManaged, ofFused, ratios) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = -3; round < Rounds; round++)
            {
                // Each is the first of a pair as often as the other.
                var isFusedFirst = round % 2 == 0;
                var before = isFusedFirst ? Microseconds(fusedOptimizer, steps) : 0;
                var time = Microseconds(managedOptimizer, steps);
                var other = isFusedFirst ? before : Microseconds(fusedOptimizer, steps);
                if (round >= 0)
                {
                    ofManaged.Add(time);
                    ofFused.Add(other);
                    ratios.Add(other / time);
                }
            }

            var count = shapes.Sum(shape => shape.Aggregate(1L, (product, size) => product * size));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {model}: {shapes.Length} tensors, {count / 1e6:F1} M | {name} | {Quantile(ofManaged, 0.5):F0} | {Quantile(ofFused, 0.5):F0} | {Quantile(ratios, 0.5):F3} ({Quantile(ratios, 0.25):F3} to {Quantile(ratios, 0.75):F3}) | {Bytes(managedOptimizer):F0} | {Bytes(fusedOptimizer):F0} |"));
        }
    }

    private static Parameter[] Weights(long[][] shapes)
    {
        using var generator = new torch.Generator(1);
        return [.. shapes.Select(shape => new Parameter(randn(shape, generator: generator)) { grad = randn(shape, generator: generator) })];
    }

    private static double Microseconds(optim.Optimizer optimizer, int steps)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Environment.CpuUsage.TotalTime;
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.step();
        }

        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / steps;
    }

    private static double Bytes(optim.Optimizer optimizer)
    {
        const int steps = 20;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.step();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)steps;
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Round(share * (sorted.Length - 1))];
    }

    /// <summary>The parameters of ResNet-18, whose first layer has so many channels.</summary>
    private static IEnumerable<long[]> ResNet18(long width)
    {
        yield return [width, 3, 7, 7];
        yield return [width];
        yield return [width];
        var before = width;
        for (var stage = 0; stage < 4; stage++)
        {
            var channels = width << stage;
            for (var block = 0; block < 2; block++)
            {
                foreach (var inputs in (long[])[before, channels])
                {
                    yield return [channels, inputs, 3, 3];
                    yield return [channels];
                    yield return [channels];
                }

                if (before != channels)
                {
                    yield return [channels, before, 1, 1];
                    yield return [channels];
                    yield return [channels];
                }

                before = channels;
            }
        }

        yield return [10, before];
        yield return [10];
    }
}
