using System.Globalization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoopGen.Benchmarks.Files;

/// <summary>
/// What it costs to save and load 45 MB of weights, as a ratio to TorchSharp's own <c>save</c> and <c>load</c>, which
/// neither check nor flush to the disk.
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
        var measured = new PairedTime(WarmUps, Pairs).Of(theirs, ours);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"45 MB, {name}: TorchSharp {measured[0].Milliseconds:F1} ms, LoopGen {measured[1].Milliseconds:F1} ms, ratio {measured[1].Ratio:F2}"));
    }
}
