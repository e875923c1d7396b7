using LoopGen.Generators.Explaining;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features.Accumulation;

/// <summary><c>[Accumulate(Steps = 4)]</c>: one update for several batches. The loop of windows is the skeleton's.</summary>
/// <param name="Steps">The batches of a window.</param>
internal sealed record AccumulateFeature(int Steps) : Feature
{
    public static readonly FeatureKind OfWindows = new(Read)
    {
        Attributes = [KnownNames.AccumulateAttributeName],

        // A window of one batch is no window.
        Numbers = [new(KnownNames.AccumulateAttributeName, KnownNames.StepsProperty, NumberRange.AtLeastTwo, "the batches in a window")],
    };

    public override FeatureKind Kind => OfWindows;

    public override int? BatchesPerUpdate => this.Steps;

    public override IReadOnlyList<string> Words(LoopSpec spec) => [$"windows of {Literal.Of(this.Steps)} batches"];

    public override void Explain(Explanation page, LoopContext context)
        => page.Attribute(
            KnownNames.Accumulate,
            $"one update for every {Literal.Of(this.Steps)} batches: the gradient of the mean over all of them, as one batch of that size would have, "
            + "but that batch norm sees each batch by itself.");

    private static AccumulateFeature? Read(FeatureReading reading)
        => reading.Attributes[KnownNames.AccumulateAttributeName] is { } accumulate
        && CompileParser.Argument(accumulate, KnownNames.StepsProperty)?.Value is int steps
        && NumberRange.AtLeastTwo.Contains(steps)
            ? new AccumulateFeature(steps)
            : null;
}
