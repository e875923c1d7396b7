using LoopGen.Generators.Tests.Infrastructure;
using Xunit;

namespace LoopGen.Generators.Tests.Snapshots;

/// <summary>Layer 2: files that one should enjoy reading, a dozen models, no permutations.</summary>
public sealed class EmittedLoops
{
    private static readonly string[] Fit = ["Fit"];

    [Fact]
    public void DigitClassifier() => Snapshot.Verify(GeneratorRun.Of(Models.DigitClassifier));

    [Fact]
    public void Minimal() => Snapshot.Verify(GeneratorRun.Of(Models.Minimal), Fit);

    [Fact]
    public void BinaryClassifier() => Snapshot.Verify(GeneratorRun.Of(Models.BinaryClassifier), ["Fit", "Evaluate"]);

    [Fact]
    public void Regressor() => Snapshot.Verify(GeneratorRun.Of(Models.Regressor), ["Fit", "Types"]);

    [Fact]
    public void IgnoredTargets() => Snapshot.Verify(GeneratorRun.Of(Models.IgnoredTargets), ["Fit", "Batch"]);

    [Fact]
    public void NestedGeneric() => Snapshot.Verify(GeneratorRun.Of(Models.NestedGeneric), ["Predict"]);

    [Fact]
    public void HostileNames() => Snapshot.Verify(GeneratorRun.Of(Models.HostileNames));

    [Fact]
    public void Keywords() => Snapshot.Verify(GeneratorRun.Of(Models.Keywords), Fit);

    [Fact]
    public void TargetInput() => Snapshot.Verify(GeneratorRun.Of(Models.TargetInput), Fit);

    [Fact]
    public void Hooked() => Snapshot.Verify(GeneratorRun.Of(Models.Hooked), Fit);

    [Fact]
    public void CustomMetrics() => Snapshot.Verify(GeneratorRun.Of(Models.CustomMetrics), Fit);

    [Fact]
    public void OwnedFit() => Snapshot.Verify(GeneratorRun.Of(Models.OwnedFit), Fit);

    [Fact]
    public void OwnedOptimizer() => Snapshot.Verify(GeneratorRun.Of(Models.OwnedOptimizer), ["Fit", "Batch"]);

    [Fact]
    public void RobustRegressor() => Snapshot.Verify(GeneratorRun.Of(Models.RobustRegressor), Fit);

    [Fact]
    public void LogProbabilities() => Snapshot.Verify(GeneratorRun.Of(Models.LogProbabilities), ["Fit", "Batch"]);

    [Fact]
    public void CompiledBase() => Snapshot.Verify(GeneratorRun.Of(Models.CompiledBase), ["Types"]);

    [Fact]
    public void Scheduled() => Snapshot.Verify(GeneratorRun.Of(Models.Scheduled), ["Fit", "Batch", "Types"]);

    [Fact]
    public void Plateau() => Snapshot.Verify(GeneratorRun.Of(Models.Plateau), Fit);

    [Fact]
    public void EarlyStopping() => Snapshot.Verify(GeneratorRun.Of(Models.EarlyStopping), Fit);

    [Fact]
    public void Checkpointed() => Snapshot.Verify(GeneratorRun.Of(Models.Checkpointed), ["Fit", "Types"]);

    [Fact]
    public void SavedOften() => Snapshot.Verify(GeneratorRun.Of(Models.SavedOften), Fit);

    [Fact]
    public void StopOnNaN() => Snapshot.Verify(GeneratorRun.Of(Models.StopOnNaN), Fit);

    [Fact]
    public void DetectAnomaly() => Snapshot.Verify(GeneratorRun.Of(Models.DetectAnomaly), Fit);

    [Fact]
    public void OwnSchedule() => Snapshot.Verify(GeneratorRun.Of(Models.OwnSchedule), Fit);

    [Fact]
    public void GradientNoise() => Snapshot.Verify(GeneratorRun.Of(Models.GradientNoise), Fit);

    [Fact]
    public void Windows() => Snapshot.Verify(GeneratorRun.Of(Models.Windows), Fit);

    [Fact]
    public void AllBlocks() => Snapshot.Verify(GeneratorRun.Of(Models.AllBlocks), Fit);

    [Fact]
    public void EpochAverage() => Snapshot.Verify(GeneratorRun.Of(Models.EpochAverage), Fit);

    [Fact]
    public void Groups() => Snapshot.Verify(GeneratorRun.Of(Models.Groups), ["Fit", "Batch"]);

    [Fact]
    public void FrozenField() => Snapshot.Verify(GeneratorRun.Of(Models.FrozenField), Fit);

    [Fact]
    public void ClassWeights() => Snapshot.Verify(GeneratorRun.Of(Models.ClassWeights), ["Fit", "Evaluate", "Batch"]);

    [Fact]
    public void DividedByWeights() => Snapshot.Verify(GeneratorRun.Of(Models.DividedByWeights), Fit);

    [Fact]
    public void SampleWeights() => Snapshot.Verify(GeneratorRun.Of(Models.SampleWeights), ["Fit", "Evaluate", "Batch", "Types"]);

    [Fact]
    public void DividedBySampleWeights() => Snapshot.Verify(GeneratorRun.Of(Models.DividedBySampleWeights), Fit);

    [Fact]
    public void WeightedWindows() => Snapshot.Verify(GeneratorRun.Of(Models.WeightedWindows), Fit);
}
