namespace LoopGen.Tests;

/// <summary>A callback that writes down what it is told.</summary>
internal class Recorder : Callback
{
    public List<string> Events { get; } = [];

    public override void OnTrainBegin(TrainingRun run) => Events.Add("train begin");

    public override void OnEpochBegin(TrainingRun run, int epoch) => Events.Add($"epoch begin {epoch}");

    public override void OnBatchEnd(TrainingRun run, long batch) => Events.Add($"batch end {batch}");

    public override void OnEpochEnd(TrainingRun run, IEpochLog log) => Events.Add($"epoch end {log.Epoch}");

    public override void OnTrainEnd(TrainingRun run) => Events.Add("train end");
}
