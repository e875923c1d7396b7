using LoopGen.Generators.Rules;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Parsing;

/// <summary>Reads <c>[Ema]</c> or <c>[Swa]</c>; of both, which an analyzer reports, the first of these counts.</summary>
internal static class AverageParser
{
    public static AverageSpec? Parse(BlockAttributes blocks)
    {
        if (blocks.Ema is { } ema)
        {
            var decay = CompileParser.Argument(ema, KnownNames.DecayProperty)?.Value as double?;
            return new AverageSpec(
                new NumberSpec("decay", decay ?? AverageRules.DefaultDecay, KnownNames.DecayProperty, isGiven: decay is not null),
                HasWarmup: CompileParser.Argument(ema, KnownNames.WarmupProperty)?.Value is not false,
                StartEpoch: 1);
        }

        return blocks.Swa is { } swa
            ? new AverageSpec(Decay: null, HasWarmup: false, CompileParser.Argument(swa, KnownNames.StartEpochProperty)?.Value as int? ?? 1)
            : null;
    }
}
