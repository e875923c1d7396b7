using LoopGen.Generators.Explaining;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;

namespace LoopGen.Generators.Features.SampleWeights;

/// <summary><c>[SampleWeights]</c>: a weight for each sample, as a member of the batch. What it changes is the loss, which writes it.</summary>
internal sealed record SampleWeightsFeature : Feature
{
    public static readonly FeatureKind OfWeights = new(Read)
    {
        Attributes = [KnownNames.SampleWeightsAttributeName],
        Types = [("SampleWeights", KnownNames.Namespace)],
        WeighsSamples = true,
    };

    public override FeatureKind Kind => OfWeights;

    // The words of the loss have it.
    public override IReadOnlyList<string> Words(LoopSpec spec) => [];

    public override void Explain(Explanation page, LoopContext context)
        => page.Attribute(
            KnownNames.SampleWeights,
            $"each sample's losses are multiplied by its weight, and their sum is divided by the {(context.Spec.Losses[0].DividesByWeights ? "weights" : "number")} of the targets.");

    private static SampleWeightsFeature? Read(FeatureReading reading)
        => reading.Attributes[KnownNames.SampleWeightsAttributeName] is null ? null : new SampleWeightsFeature();
}
