using LoopGen.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Parsing;

/// <summary>The attributes of a class that each add a block to its loop.</summary>
internal sealed class BlockAttributes
{
    private BlockAttributes()
    {
    }

    public AttributeData? Schedule { get; private set; }

    public AttributeData? ClipGradients { get; private set; }

    public AttributeData? Accumulate { get; private set; }

    public AttributeData? Ema { get; private set; }

    public AttributeData? Swa { get; private set; }

    public AttributeData? SampleWeights { get; private set; }

    public AttributeData? EarlyStopping { get; private set; }

    public AttributeData? Checkpoint { get; private set; }

    public AttributeData? StopOnNaN { get; private set; }

    public AttributeData? DetectAnomaly { get; private set; }

    /// <summary>Those that there are.</summary>
    public IEnumerable<AttributeData> All
        => new[]
        {
            this.Schedule, this.ClipGradients, this.Accumulate, this.Ema, this.Swa, this.SampleWeights, this.EarlyStopping, this.Checkpoint, this.StopOnNaN, this.DetectAnomaly,
        }.OfType<AttributeData>();

    /// <summary>Reads the attributes once; of two of a kind, which the compiler reports, the first counts.</summary>
    public static BlockAttributes Of(INamedTypeSymbol type)
    {
        var blocks = new BlockAttributes();
        foreach (var attribute in type.GetAttributes())
        {
            if (!LoopAttributes.IsOurs(attribute.AttributeClass, attribute.AttributeClass?.Name ?? string.Empty))
            {
                continue;
            }

            switch (attribute.AttributeClass!.Name)
            {
                case KnownNames.ScheduleAttributeName:
                    blocks.Schedule ??= attribute;
                    break;

                case KnownNames.ClipGradientsAttributeName:
                    blocks.ClipGradients ??= attribute;
                    break;

                case KnownNames.AccumulateAttributeName:
                    blocks.Accumulate ??= attribute;
                    break;

                case KnownNames.EmaAttributeName:
                    blocks.Ema ??= attribute;
                    break;

                case KnownNames.EarlyStoppingAttributeName:
                    blocks.EarlyStopping ??= attribute;
                    break;

                case KnownNames.CheckpointAttributeName:
                    blocks.Checkpoint ??= attribute;
                    break;

                case KnownNames.StopOnNaNAttributeName:
                    blocks.StopOnNaN ??= attribute;
                    break;

                case KnownNames.DetectAnomalyAttributeName:
                    blocks.DetectAnomaly ??= attribute;
                    break;

                case KnownNames.SwaAttributeName:
                    blocks.Swa ??= attribute;
                    break;

                case KnownNames.SampleWeightsAttributeName:
                    blocks.SampleWeights ??= attribute;
                    break;
            }
        }

        return blocks;
    }
}
