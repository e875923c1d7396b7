using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Features.Checkpoints;

/// <summary>Reads <c>[Checkpoint]</c>. What cannot be is left out here; an analyzer reports it.</summary>
internal static class CheckpointParser
{
    private const string DefaultFolder = "checkpoints";

    public static CheckpointFeature? Read(FeatureReading reading)
    {
        if (reading.Attributes[KnownNames.CheckpointAttributeName] is not { } checkpoint)
        {
            return null;
        }

        return new CheckpointFeature(
            CheckpointRules.FolderOf(checkpoint) ?? DefaultFolder,
            Integer(KnownNames.KeepLastProperty, CheckpointRules.DefaultKeepLast) ?? CheckpointRules.DefaultKeepLast,
            Integer(KnownNames.EveryEpochsProperty, 1) ?? 1,
            Integer(KnownNames.EveryStepsProperty, 1),
            CompileParser.Argument(checkpoint, KnownNames.EveryMinutesProperty)?.Value is double minutes and > 0 and < double.PositiveInfinity ? minutes : null,
            ReadBest(checkpoint, reading.Metrics),
            CompileParser.Argument(checkpoint, KnownNames.SaveOnExceptionProperty)?.Value is true);

        int? Integer(string property, int minimum)
            => CompileParser.Argument(checkpoint, property)?.Value is int value && value >= minimum ? value : null;
    }

    private static BestFiles? ReadBest(AttributeData checkpoint, IReadOnlyList<MetricSpec> metrics)
    {
        if (CheckpointRules.MonitorOf(checkpoint) is not { } figure || MonitorRules.Resolve(figure, metrics) is not { } monitor)
        {
            return null;
        }

        var (parts, problem) = CheckpointRules.FileName(checkpoint, metrics);
        return new BestFiles(
            monitor,
            figure,
            CheckpointRules.KeepBestOf(checkpoint),
            problem is null ? parts.ToEquatableArray() : new[] { new FileNamePart("best", null, string.Empty) }.ToEquatableArray());
    }
}
