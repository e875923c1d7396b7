namespace LoopGen.Generators.Specs;

/// <summary>When a training ends before its last epoch.</summary>
/// <param name="Monitor">The figure that is watched.</param>
/// <param name="Figure">Its name: <c>val_loss</c>.</param>
/// <param name="Patience">Epochs in a row without an improvement that end it.</param>
/// <param name="MinDelta">By how much a figure must be better.</param>
/// <param name="WarmupEpochs">Epochs at first that are not judged.</param>
/// <param name="Limits">The baseline and the thresholds that are given.</param>
/// <param name="RestoresBest">Whether the model is left with the weights of the best epoch.</param>
internal sealed record EarlyStoppingSpec(
    MonitorSpec Monitor,
    string Figure,
    int Patience,
    NumberSpec MinDelta,
    int WarmupEpochs,
    EquatableArray<NumberSpec> Limits,
    bool RestoresBest);
