using LoopGen.CrashDrill;

namespace LoopGen.Examples.Tests;

/// <summary>Trainings of the model that saves everything, in a folder of their own: 13 batches and 7 updates an epoch.</summary>
internal sealed class DurableRun : IDisposable
{
    private readonly DrillData train = new(200, seed: 1);
    private readonly DrillData validation = new(60, seed: 2);

    public string Folder { get; } = Directory.CreateTempSubdirectory("loopgen-saving-").FullName;

    public string[] Checkpoints => [.. Directory.GetFiles(Folder, "last-*.safetensors").Order(StringComparer.Ordinal)];

    public static DurableModel NewModel()
    {
        manual_seed(5);
        return new DurableModel();
    }

    public History<DurableModel.EpochLog> Fit(
        DurableModel model,
        int epochs,
        Resume resume = default,
        int? seed = 7,
        int batchSize = 16,
        double learningRate = 0.01,
        Callback? callback = null,
        CancellationToken cancellationToken = default) =>
        model.Fit(
            train.Points,
            train.Target,
            epochs,
            batchSize,
            (validation.Points, validation.Target),
            device: CPU,
            learningRate: learningRate,
            seed: seed,
            resume: resume,
            checkpointFolder: Folder,
            verbose: Verbosity.Silent,
            callbacks: callback is null ? null : [callback],
            cancellationToken: cancellationToken);

    public IEnumerable<(Tensor features, Tensor target)> TrainBatches() => Batches.FromTensors(train.Points, train.Target, 16, shuffle: true, seed: 7);

    public IEnumerable<(Tensor features, Tensor target)> ValidationBatches() => Batches.FromTensors(validation.Points, validation.Target, 16);

    /// <summary>Whatever a training ends with.</summary>
    public static byte[] Everything(DurableModel model, History<DurableModel.EpochLog> history) =>
        [.. Bits.Of(model), .. Training.Of(history).AllFigures().SelectMany(figure => BitConverter.GetBytes(figure!.Value))];

    public void Dispose()
    {
        train.Dispose();
        validation.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
