using static TorchSharp.torch;

namespace LoopGen.CrashDrill;

/// <summary>The training that is killed: always the same one, whichever process makes it.</summary>
public static class Trainee
{
    private const int Epochs = 40;

    /// <summary>Trains, or goes on, until it is done or the process is killed.</summary>
    /// <param name="folder">The folder of the checkpoints.</param>
    /// <param name="started">Is called when the first batch was trained on.</param>
    /// <param name="pause">How long to wait after each batch, which changes nothing else; by default not at all.</param>
    /// <returns>All bits that the training ends with: weights, buffers, figures.</returns>
    public static byte[] Train(string folder, Action? started = null, TimeSpan pause = default)
    {
        set_num_threads(1);
        manual_seed(5);
        using var model = new DurableModel();
        using var train = new DrillData(200, seed: 1);
        using var validation = new DrillData(60, seed: 2);
        var history = model.Fit(
            train.Points,
            train.Target,
            Epochs,
            batchSize: 16,
            (validation.Points, validation.Target),
            device: CPU,
            seed: 7,
            resume: true,
            checkpointFolder: folder,
            verbose: Verbosity.Silent,
            callbacks: started is null ? null : [new Starter(started, pause)]);

        using var scope = NewDisposeScope();
        var weights = model.state_dict().Values.SelectMany(tensor => tensor.detach().contiguous().bytes.ToArray());
        var figures = history.SelectMany(log => log.Figures).SelectMany(figure => BitConverter.GetBytes(figure.Value!.Value));
        return [.. weights, .. figures];
    }

    private sealed class Starter(Action started, TimeSpan pause) : Callback
    {
        private bool isTold;

        public override void OnBatchEnd(TrainingRun run, long batch)
        {
            if (!isTold)
            {
                isTold = true;
                started();
            }

            Thread.Sleep(pause);
        }
    }
}
