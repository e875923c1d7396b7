using System.Text;

namespace LoopGen.Tests;

/// <summary>Everything that a checkpoint can hold, as an emitted loop tracks it.</summary>
internal sealed class WholeTraining : IDisposable
{
    private readonly OneThread oneThread = new();
    private readonly TestRun run = new();
    private readonly Tensor input = arange(60, float32).reshape(20, 3);
    private readonly EarlyStopping earlyStopping = new("val_loss");
    private readonly PlateauSchedule schedule = new(0.01, patience: 2);
    private readonly Mean meanLoss = new(CPU, "loss");
    private readonly F1Score f1Score = new(CPU);
    private readonly RocAuc rocAuc = new(CPU);
    private readonly R2Score r2Score = new(CPU);
    private readonly History<TestLog> history = new();
    private readonly optim.Optimizer optimizer;
    private readonly optim.Optimizer momentum;
    private readonly AveragedWeights averages;
    private readonly BestWeights best;
    private readonly TensorBatches<(Tensor, Tensor)> batches;
    private readonly Checkpoints checkpoints;

    public WholeTraining(string folder, long seed = 1)
    {
        manual_seed(seed);
        Model = new FileModel();
        optimizer = optim.AdamW(Model.parameters(), 0.01, amsgrad: true);
        momentum = optim.SGD(Model.parameters(), 0.01, momentum: 0.9);
        averages = new AveragedWeights(Model, 0.9);
        best = new BestWeights(Model);
        batches = Batches.FromTensors(input, input, batchSize: 4, shuffle: true);
        Progress = new TrainingProgress(run.Run);
        checkpoints = new Checkpoints(run.Run, folder, "AdamW, \"quoted\" <words> \u00e9\u4f60", monitor: "val_loss");
        checkpoints.Track("model", Model);
        checkpoints.Track("optimizer", optimizer);
        checkpoints.Track("momentum", momentum);
        checkpoints.Track("schedule", schedule);
        checkpoints.Track("averaged_weights", averages);
        checkpoints.Track("early_stopping", earlyStopping);
        checkpoints.Track("best_weights", best);
        checkpoints.TrackTotals(meanLoss, f1Score, rocAuc, r2Score);
        checkpoints.Track("history", history, (epoch, figures) => new TestLog(epoch, ("loss", figures["loss"])));
        checkpoints.Track("batches", batches);
        checkpoints.Track("progress", Progress);
    }

    public FileModel Model { get; }

    public TrainingProgress Progress { get; }

    public Checkpoints Checkpoints => checkpoints;

    public IReadOnlyList<string> Notes => run.Run.Notes;

    public void Step()
    {
        using var scope = NewDisposeScope();
        manual_seed(Progress.StepSeed);
        Model.Train(optimizer, steps: 1);
        momentum.step();
        averages.Update();
        meanLoss.Update(rand([]), count: 4);
        f1Score.Update(randn(6, 4), randint(0, 4, [6], ScalarType.Int64));
        rocAuc.Update(rand(6), rand(6).round());
        r2Score.Update(randn(6, 2), randn(6, 2));
        if (best.IsKept || earlyStopping.Update(rand([]).ToDouble()))
        {
            best.Keep();
        }

        schedule.Update(rand([]).ToDouble());
        Progress.EndStep();
    }

    public void EndEpoch()
    {
        history.Add(new TestLog(Progress.Epoch, ("loss", meanLoss.Compute())));
        Progress.EndEpoch();
    }

    /// <summary>All bits of it.</summary>
    public string Everything()
    {
        using var folder = new TemporaryFolder(isInMemory: true);
        StateFile.Save(
            folder["all"], ("model", new StatefulModel(Model)), ("optimizer", new StatefulOptimizer((TorchSharp.Modules.OptimizerHelper)optimizer)),
            ("momentum", new StatefulOptimizer((TorchSharp.Modules.OptimizerHelper)momentum)), ("schedule", schedule), ("averages", averages),
            ("early_stopping", earlyStopping), ("best", best), ("loss", meanLoss), ("f1", f1Score), ("roc", rocAuc), ("r2", r2Score),
            ("batches", batches), ("progress", Progress));
        return Encoding.Latin1.GetString(File.ReadAllBytes(folder["all"])) + history;
    }

    public void Dispose()
    {
        checkpoints.Dispose();
        best.Dispose();
        averages.Dispose();
        momentum.Dispose();
        optimizer.Dispose();
        Model.Dispose();
        meanLoss.Dispose();
        f1Score.Dispose();
        rocAuc.Dispose();
        r2Score.Dispose();
        input.Dispose();
        run.Dispose();
        oneThread.Dispose();
    }
}
