using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoopGen.Benchmarks.Files;

/// <summary>
/// What it costs to save and load 45 MB of weights, as a ratio to TorchSharp's own <c>save</c> and <c>load</c>, which
/// neither check nor flush to the disk. The two run in turn, so that a machine whose speed drifts drifts for both; quote
/// the median of the pairs' ratios.
/// </summary>
internal static class PairedFileRun
{
    private const int WarmUps = 3;
    private const int Pairs = 25;

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("loopgen-");
        try
        {
            var ours = Path.Combine(folder.FullName, "model.safetensors");
            var theirs = Path.Combine(folder.FullName, "model.dat");
            var python = Path.Combine(folder.FullName, "model.pt");

            // Ten matrices of 1060 by 1060 and their biases: 45 MB.
            using var model = Sequential([.. Enumerable.Range(0, 10).Select(layer => ($"layer{layer}", (Module<Tensor, Tensor>)Linear(1060, 1060)))]);
            Report("save", () => model.save(theirs), () => model.SaveWeights(ours));
            Report("load", () => model.load(theirs), () => model.LoadWeights(ours));
            Report("save against export to PyTorch", () => model.save(theirs), () => model.ExportPyTorch(python));
            ReportCheckpoint(model, theirs, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The weights and the state of AdamW, which is twice as much: 135 MB a checkpoint, the last two of which are kept.</summary>
    private static void ReportCheckpoint(Module<Tensor, Tensor> model, string theirs, string folder)
    {
        using var scope = NewDisposeScope();
        using var optimizer = optim.AdamW(model.parameters());
        model.call(ones(1, 1060)).sum().backward();
        optimizer.step();

        using var run = TrainingRun.Start(model, [0], epochs: 1, Verbosity.Silent);
        var progress = new TrainingProgress(run);
        using var checkpoints = new Checkpoints(run, Path.Combine(folder, "checkpoints"), settings: "a benchmark");
        checkpoints.Track("model", model);
        checkpoints.Track("optimizer", optimizer);
        checkpoints.Track("progress", progress);
        checkpoints.Begin(resume: false);
        Report(
            "and AdamW's state, checkpoint",
            () =>
            {
                model.save(theirs);
                optimizer.save_state_dict(theirs + ".optimizer");
            },
            () =>
            {
                progress.EndStep();
                checkpoints.SaveLast();
            });
    }

    private static void Report(string name, Action theirs, Action ours)
    {
        var times = new List<(double Theirs, double Ours)>();
        for (var pair = 0; pair < WarmUps + Pairs; pair++)
        {
            var measured = (Time(theirs), Time(ours));
            if (pair >= WarmUps)
            {
                times.Add(measured);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"45 MB, {name}: TorchSharp {Median(times.Select(time => time.Theirs)):F1} ms, LoopGen {Median(times.Select(time => time.Ours)):F1} ms, ratio {Median(times.Select(time => time.Ours / time.Theirs)):F2}"));
    }

    private static double Time(Action action)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
