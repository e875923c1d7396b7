using System.Globalization;
using LoopGen.Benchmarks.Training.Models;
using static TorchSharp.torch;

namespace LoopGen.Benchmarks.Training;

/// <summary>
/// What emitted loops cost on one thread, beside loops that people wrote and without the checks of values: over a small
/// network, where a step is calls more than arithmetic, and over a wider one.
/// </summary>
internal static class PairedLoopRun
{
    private const int Steps = 100;

    // The search for NaN makes a step so slow that a few must do.
    private const int SearchedSteps = 5;

    public static void Run()
    {
        set_num_threads(1);
        Report(width: 32, batchSize: 32);
        Report(width: 512, batchSize: 128);
    }

    private static void Report(int width, int batchSize)
    {
        using var scope = NewDisposeScope();
        var batches = Enumerable.Range(0, Steps)
            .Select(_ => (image: randn(batchSize, Layers.Inputs), target: randint(0, Layers.Classes, [batchSize], dtype: ScalarType.Int64)))
            .ToList();
        var few = batches.Take(SearchedSteps).ToList();
        using var handWritten = Layers.Of(width);
        using var tutorial = Layers.Of(width);
        using var plain = new Plain(width);
        using var careful = new Careful(width);
        using var searched = new Searched(width);

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Layers.Inputs}-{width}-{width}-{Layers.Classes}, batches of {batchSize}:"));
        Compare(
            Steps,
            new PairedTime(warmUps: 3, rounds: 20),
            ("a loop written with care", () => HandWrittenLoops.WithCare(handWritten, batches)),
            ("a loop from a tutorial", () => HandWrittenLoops.FromATutorial(tutorial, batches)),
            ("Fit", () => plain.Fit(batches, device: CPU, verbose: Verbosity.Silent)));
        Compare(
            Steps,
            new PairedTime(warmUps: 1, rounds: 20),
            ("Fit", () => plain.Fit(batches, device: CPU, verbose: Verbosity.Silent)),
            ("Fit with [StopOnNaN]", () => careful.Fit(batches, device: CPU, verbose: Verbosity.Silent)));
        Compare(
            SearchedSteps,
            new PairedTime(warmUps: 1, rounds: 5),
            ("Fit, for a few steps", () => plain.Fit(few, device: CPU, verbose: Verbosity.Silent)),
            ("Fit with [DetectAnomaly]", () => searched.Fit(few, device: CPU, verbose: Verbosity.Silent)));
    }

    private static void Compare(int steps, PairedTime time, params (string Name, Action Train)[] ways)
    {
        foreach (var ((name, _), (milliseconds, ratio)) in ways.Zip(time.Of([.. ways.Select(way => way.Train)])))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-26}{1000 * milliseconds / steps,8:F0} µs a step, ratio {ratio:F2}"));
        }
    }
}
