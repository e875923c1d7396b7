using LoopGen.Generators.Explaining;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features.GradientNoise;

/// <summary><c>[GradientNoise]</c>: normal noise in every gradient, less from update to update.</summary>
/// <param name="Variance">The variance in the first update.</param>
/// <param name="Decay">The power with which it falls.</param>
internal sealed record GradientNoiseFeature(NumberSpec Variance, NumberSpec Decay) : Feature
{
    public static readonly FeatureKind OfNoise = new(Read)
    {
        Attributes = [Attribute],
        Numbers = [new(Attribute, "Variance", NumberRange.Positive), new(Attribute, "Decay", NumberRange.NotNegative)],
    };

    private const string Attribute = "GradientNoiseAttribute";

    public override FeatureKind Kind => OfNoise;

    public override bool CountsUpdates => true;

    public override IReadOnlyList<string> Words(LoopSpec spec) => [$"gradient noise ({this.Variance.Words}, {this.Decay.Words})"];

    public override void Write(Place place, Lines lines)
    {
        if (place == Place.Gradients)
        {
            lines.Add($$"""

                // Noise of the variance {{Literal.Plain(this.Variance.Value)}} / (1 + step)^{{Literal.Plain(this.Decay.Value)}}: it helps out of poor minima early, and fades.
                @Gradients.AddNoise(this, @step, {{this.Variance}}, {{this.Decay}});
                """);
        }
    }

    public override void Explain(Explanation page, LoopContext context)
    {
        page.At(Place.Gradients, $"Each gradient gets normal noise, of variance {Literal.Plain(this.Variance.Value)} in the first update and less in each that follows.");
        page.Attribute("GradientNoise", "normal noise in every gradient of a training, after a limit if there is one.");
    }

    private static GradientNoiseFeature? Read(FeatureReading reading)
    {
        return reading.Attributes[Attribute] is { } noise ? new GradientNoiseFeature(Number("Variance", 0.01), Number("Decay", 0.55)) : null;

        NumberSpec Number(string property, double otherwise)
        {
            var given = CompileParser.Argument(noise, property)?.Value as double?;
            return new NumberSpec(char.ToLowerInvariant(property[0]) + property.Substring(1), given ?? otherwise, property, given is not null);
        }
    }
}
