namespace LoopGen.Examples.Tests;

/// <summary>Writes down what it is told, and does at each point what a test put in.</summary>
internal sealed class Observer : Callback
{
    public List<string> Events { get; } = [];

    public Action<TrainingRun>? AtTrainBegin { get; init; }

    public Action<TrainingRun, int>? AtEpochBegin { get; init; }

    public Action<TrainingRun, long>? AtBatchEnd { get; init; }

    public Action<TrainingRun, IReadOnlyList<(string Name, double Value)>>? AtFigures { get; init; }

    public Action<TrainingRun, IEpochLog>? AtEpochEnd { get; init; }

    public Action<TrainingRun>? AtTrainEnd { get; init; }

    public override void OnTrainBegin(TrainingRun run)
    {
        Events.Add("train begin");
        AtTrainBegin?.Invoke(run);
    }

    public override void OnEpochBegin(TrainingRun run, int epoch)
    {
        Events.Add($"epoch begin {epoch}");
        AtEpochBegin?.Invoke(run, epoch);
    }

    public override void OnBatchEnd(TrainingRun run, long batch)
    {
        Events.Add($"batch end {batch}");
        AtBatchEnd?.Invoke(run, batch);
    }

    public override void OnFigures(TrainingRun run, IReadOnlyList<(string Name, double Value)> figures) =>
        AtFigures?.Invoke(run, figures);

    public override void OnEpochEnd(TrainingRun run, IEpochLog log)
    {
        Events.Add($"epoch end {log.Epoch}");
        AtEpochEnd?.Invoke(run, log);
    }

    public override void OnTrainEnd(TrainingRun run)
    {
        Events.Add("train end");
        AtTrainEnd?.Invoke(run);
    }
}
