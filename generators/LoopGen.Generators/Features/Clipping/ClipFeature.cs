using System.Globalization;
using LoopGen.Generators.Explaining;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Features.Clipping;

/// <summary><c>[ClipGradients(Norm = 1.0)]</c>: the limit of the gradients, between backward and update.</summary>
/// <param name="Method">The method that clips: <c>ClipNorm</c>.</param>
/// <param name="Limit">What it is given.</param>
/// <param name="LogsNorm">Whether the norm before the clip is reported.</param>
internal sealed record ClipFeature(string Method, NumberSpec Limit, bool LogsNorm) : Feature
{
    public static readonly FeatureKind OfClips = new(Read)
    {
        Attributes = [KnownNames.ClipGradientsAttributeName],
        Locals = [("gradientNorm", "meanGradientNorm"), ("norm", "normBeforeClip")],
    };

    public override FeatureKind Kind => OfClips;

    /// <summary>The limits that an attribute gives, as they are written.</summary>
    public static IReadOnlyList<ClipRow> Given(AttributeData clip)
    {
        var given = new List<ClipRow>();
        foreach (var argument in clip.NamedArguments)
        {
            if (argument.Value is { Kind: TypedConstantKind.Primitive, Value: double } && ClipCatalog.Find(argument.Key) is { } row)
            {
                given.Add(row);
            }
        }

        return given;
    }

    public override IReadOnlyList<string> Totals(LoopContext context) => this.LogsNorm ? [context.Text($"@gradientNorm")] : [];

    public override IReadOnlyList<TrainingFigure> Figures(LoopContext context)
        => this.LogsNorm ? [new TrainingFigure("GradientNorm", context.Text($"@gradientNorm.Compute()"))] : [];

    public override IReadOnlyList<string> Words(LoopSpec spec)
        => [$"{ClipCatalog.Get(this.Method).Title} {Literal.Plain(this.Limit.Value)}{(this.LogsNorm ? " (norm reported)" : string.Empty)}"];

    public override void Write(Place place, Lines lines)
    {
        switch (place)
        {
            case Place.Totals when this.LogsNorm:
                lines.Add($$"""using var @gradientNorm = new @Mean(@device, name: "gradient_norm");""");
                break;

            case Place.EpochBegin when this.LogsNorm:
                lines.Add($"@gradientNorm.Reset();");
                break;

            case Place.Gradients when this.LogsNorm:
                lines.Add($$"""

                    // {{this.InWords(row => row.Comment)}}
                    var @norm = @Gradients.{{this.Method}}(this, {{this.Limit}});
                    @gradientNorm.Update(@norm, count: 1);
                    """);
                break;

            case Place.Gradients or Place.SingleGradients:
                lines.Add($$"""

                    // {{this.InWords(row => row.Comment)}}
                    @Gradients.{{this.Method}}(this, {{this.Limit}});
                    """);
                break;
        }
    }

    public override void Explain(Explanation page, LoopContext context)
    {
        page.At(Place.Gradients, this.InWords(row => row.Event));
        page.Attribute(KnownNames.ClipGradients, "the limit to the gradients, in each update.");
        if (this.LogsNorm)
        {
            page.Average("gradient_norm", "the mean of the global norm before the clip, over the updates of the epoch.");
        }
    }

    // Of several limits, which the analyzer reports, the first counts.
    private static ClipFeature? Read(FeatureReading reading)
    {
        if (reading.Attributes[KnownNames.ClipGradientsAttributeName] is not { } clip || Given(clip) is not { Count: > 0 } given)
        {
            return null;
        }

        var row = given[0];
        var limit = (double)CompileParser.Argument(clip, row.Property)!.Value.Value!;
        var logsNorm = CompileParser.Argument(clip, KnownNames.LogNormProperty)?.Value is true && row.ReturnsNorm;
        return new ClipFeature(row.Method, new NumberSpec(row.Argument, limit, row.Property, isGiven: true), logsNorm);
    }

    private string InWords(Func<ClipRow, string> text)
        => string.Format(CultureInfo.InvariantCulture, text(ClipCatalog.Get(this.Method)), Literal.Plain(this.Limit.Value));
}
