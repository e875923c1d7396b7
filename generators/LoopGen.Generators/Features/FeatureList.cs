using LoopGen.Generators.Features.Accumulation;
using LoopGen.Generators.Features.Anomalies;
using LoopGen.Generators.Features.Averages;
using LoopGen.Generators.Features.Checkpoints;
using LoopGen.Generators.Features.Clipping;
using LoopGen.Generators.Features.EarlyStopping;
using LoopGen.Generators.Features.GradientNoise;
using LoopGen.Generators.Features.Hooks;
using LoopGen.Generators.Features.ParameterGroups;
using LoopGen.Generators.Features.SampleWeights;
using LoopGen.Generators.Features.Schedules;
using LoopGen.Generators.Model;

namespace LoopGen.Generators.Features;

/// <summary>The features, in the order in which they write where several share a place. Of a region the first is the outermost.</summary>
internal static class FeatureList
{
    public static readonly FeatureKind[] InOrder =
    [
        ScheduleFeature.OfSchedules,
        AnomalyFeature.OfAnomalies,
        FiniteCheckFeature.OfFiniteChecks,
        HooksFeature.OfHooks,
        AccumulateFeature.OfWindows,
        SampleWeightsFeature.OfWeights,

        // Behind the hooks: they see the gradients as they come, and what they do to the weights enters the average.
        ClipFeature.OfClips,
        GradientNoiseFeature.OfNoise,
        ParameterGroupsFeature.OfGroups,
        AverageFeature.OfAverages,

        // Behind the average: what it keeps is what was evaluated.
        EarlyStoppingFeature.OfRules,

        // Behind all others: what it saves is what they left.
        CheckpointFeature.OfCheckpoints,
    ];

    /// <summary>The features of a class.</summary>
    public static EquatableArray<Feature> Read(FeatureReading reading)
    {
        List<Feature>? features = null;
        foreach (var kind in InOrder)
        {
            if (kind.Read(reading) is { } feature)
            {
                (features ??= []).Add(feature);
            }
        }

        return features is null ? EquatableArray<Feature>.Empty : features.ToEquatableArray();
    }

    /// <summary>Whether a class says that its samples have weights.</summary>
    public static bool WeighsSamples(BlockAttributes attributes)
        => InOrder.Any(kind => kind.WeighsSamples && kind.IsOn(attributes));
}
