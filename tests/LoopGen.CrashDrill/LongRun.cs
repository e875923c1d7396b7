using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace LoopGen.CrashDrill;

/// <summary>
/// A long training with a checkpoint every few updates, in which neither the tensors that are alive nor the memory of the
/// process may grow once it runs.
/// </summary>
public static class LongRun
{
    /// <summary>By how much the process may grow after the warm-up: what an allocator keeps comes and goes.</summary>
    public const int MarginInMegabytes = 16;

    /// <summary>The rule for stopping would need more epochs than these.</summary>
    private const int Epochs = 40;

    private const int BatchSize = 16;

    /// <summary>The model's updates have two batches each.</summary>
    private const int BatchesPerStep = 2;

    private const int Measurements = 20;

    /// <summary>The first quarter.</summary>
    private const int WarmUp = Measurements / 4;

    /// <summary>Trains.</summary>
    /// <param name="steps">How many updates to make, rounded down to whole epochs.</param>
    /// <param name="output">Where it tells what it measures.</param>
    /// <returns>Whether nothing grew.</returns>
    public static bool Run(int steps, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var root = Directory.CreateTempSubdirectory("loopgen-long-").FullName;
        try
        {
            set_num_threads(1);
            manual_seed(5);
            var perEpoch = Math.Max(1, steps / Epochs);
            using var model = new DurableModel();
            using var train = new DrillData(perEpoch * BatchesPerStep * BatchSize, seed: 1);
            using var validation = new DrillData(60, seed: 2);
            var interval = Math.Max(1, perEpoch * Epochs / Measurements);
            var measured = new List<(long Tensors, double Megabytes)>();
            var clock = Stopwatch.StartNew();
            model.Stepped = step =>
            {
                if ((step + 1) % interval == 0)
                {
                    measured.Add(Measure());
                    var (tensors, megabytes) = measured[^1];
                    output.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{step + 1,6} steps, {clock.Elapsed.TotalSeconds,6:F1} s: {tensors} tensors alive, {megabytes:F1} MB"));
                }
            };
            model.Fit(
                train.Points,
                train.Target,
                Epochs,
                BatchSize,
                (validation.Points, validation.Target),
                device: CPU,
                seed: 7,
                checkpointFolder: root,
                verbose: Verbosity.Silent);

            var (begin, end) = (measured[WarmUp - 1], measured[^1]);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"since the warm-up: {end.Tensors - begin.Tensors} tensors and {end.Megabytes - begin.Megabytes:F1} MB more; {MarginInMegabytes} MB are allowed"));
            return end.Tensors <= begin.Tensors && end.Megabytes - begin.Megabytes <= MarginInMegabytes;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Without what the garbage collector would free one day.</summary>
    private static (long Tensors, double Megabytes) Measure()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return (Tensor.TotalCount, process.WorkingSet64 / 1e6);
    }
}
