using LoopGen.Generators.Explaining;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features.Averages;

/// <summary><c>[Ema]</c> and <c>[Swa]</c>: averaged weights, made, updated, evaluated, and left in the model.</summary>
/// <param name="Decay">What a moving average keeps in each update; null for the plain average over epochs.</param>
/// <param name="HasWarmup">Whether a moving average keeps less in the first updates.</param>
/// <param name="StartEpoch">The first epoch that enters a plain average.</param>
internal sealed record AverageFeature(NumberSpec? Decay, bool HasWarmup, int StartEpoch) : Feature
{
    public static readonly FeatureKind OfAverages = new(Read)
    {
        Attributes = [KnownNames.EmaAttributeName, KnownNames.SwaAttributeName],
        WhyOnlyOne = "a model is left with one average of its weights, so remove one of them",
        Numbers =
        [
            new(KnownNames.EmaAttributeName, KnownNames.DecayProperty, NumberRange.BelowOne),
            new(KnownNames.SwaAttributeName, KnownNames.StartEpochProperty, NumberRange.AtLeastOne, "the first epoch whose weights are averaged"),
        ],
        Locals = [("averagedWeights", "weightAverages")],
        Types = [("AveragedWeights", KnownNames.Namespace)],
    };

    private const double DefaultDecay = 0.999;

    public override FeatureKind Kind => OfAverages;

    public override string Evaluated => "averaged weights";

    public override string LeavesModelWith => "the averaged weights";

    private bool StartsLate => this.StartEpoch > 1;

    private string Start => this.StartsLate ? $" from epoch {Literal.Of(this.StartEpoch)} on" : string.Empty;

    public override IReadOnlyList<(string Name, string Local)> State(LoopContext context) => [("averaged_weights", context.Text($"@averagedWeights"))];

    public override IReadOnlyList<string> Words(LoopSpec spec) => this.Decay is { } decay
        ? [$"moving average of the weights (decay {Literal.Plain(decay.Value)}{(this.HasWarmup ? string.Empty : ", no warm-up")})"]
        : [$"average of the weights over epochs{(this.StartsLate ? $" (from epoch {Literal.Of(this.StartEpoch)})" : string.Empty)}"];

    public override void Write(Place place, Lines lines)
    {
        switch (place)
        {
            case Place.SetUp when this.Decay is { } decay:
                lines.Add($$"""

                    // A moving average of weights and buffers: what is evaluated, and what the model is left with.
                    using var @averagedWeights = new @AveragedWeights(this, {{decay}}, warmup: {{Literal.Of(this.HasWarmup)}});
                    """);
                break;

            case Place.SetUp:
                lines.Add($$"""

                    // The plain average of weights and buffers after each epoch{{this.Start}}: what is evaluated then, and what the model is left with.
                    using var @averagedWeights = @AveragedWeights.Equal(this);
                    """);
                break;

            case Place.AfterUpdate when this.Decay is not null:
                lines.Add($"@averagedWeights.Update();");
                break;

            case Place.EpochComplete when this.Decay is null && lines.Context.Progress.IsKept:
                lines.Add($$"""
                    // Once for each epoch, also where one begins again at its validation.
                    if (@averagedWeights.Updates <= @epoch - {{Literal.Of(this.StartEpoch)}})
                    {
                        @averagedWeights.Update();
                    }

                    """);
                break;

            case Place.EpochComplete when this.Decay is null && this.StartsLate:
                lines.Add($$"""
                    if (@epoch >= {{Literal.Of(this.StartEpoch)}})
                    {
                        @averagedWeights.Update();
                    }

                    """);
                break;

            case Place.EpochComplete when this.Decay is null:
                lines.Add($$"""
                    @averagedWeights.Update();

                    """);
                break;

            case Place.End:
                lines.Add($$"""
                    // {{this.AtTheEnd}}
                    @averagedWeights.CopyToModel();
                    """);
                break;
        }
    }

    public override bool Encloses(Region region) => region == Region.Evaluated;

    public override void Open(Region region, Lines lines) => lines.Add($$"""
        using (@averagedWeights.SwapIn())
        {
        """);

    public override void Close(Region region, Lines lines) => lines.Add($$"""}""");

    public override void Explain(Explanation page, LoopContext context)
    {
        var start = this.StartsLate ? $",{this.Start}" : string.Empty;
        if (this.Decay is { } decay)
        {
            var share = Literal.Plain(decay.Value);
            page.At(Place.SetUp, "A moving average of weights and buffers begins with the model's own.");
            page.At(Place.AfterUpdate, $"Weights and buffers enter their moving average, with a decay of {share}{(this.HasWarmup ? ", less in the first updates" : string.Empty)}.");
            page.Attribute(KnownNames.Ema, "what is evaluated, and what the model is left with, is the moving average of its weights and buffers.");
        }
        else
        {
            page.At(Place.SetUp, $"An average of the weights and buffers of all epochs{start} is kept.");
            page.At(Place.EpochComplete, $"Weights and buffers enter their average{start}.");
            page.Attribute(KnownNames.Swa, $"what is evaluated, and what the model is left with, is the plain average over epochs{start}.");
        }

        page.At(Place.End, this.AtTheEnd);
    }

    private string AtTheEnd => this.StartsLate
        ? "The average becomes the model's weights, if an epoch has entered it."
        : "The averages become the model's weights.";

    // Of both, which an analyzer reports, the moving one counts.
    private static AverageFeature? Read(FeatureReading reading)
    {
        if (reading.Attributes[KnownNames.EmaAttributeName] is { } ema)
        {
            var decay = CompileParser.Argument(ema, KnownNames.DecayProperty)?.Value as double?;
            return new AverageFeature(
                new NumberSpec("decay", decay ?? DefaultDecay, KnownNames.DecayProperty, isGiven: decay is not null),
                HasWarmup: CompileParser.Argument(ema, KnownNames.WarmupProperty)?.Value is not false,
                StartEpoch: 1);
        }

        return reading.Attributes[KnownNames.SwaAttributeName] is { } swa
            ? new AverageFeature(Decay: null, HasWarmup: false, CompileParser.Argument(swa, KnownNames.StartEpochProperty)?.Value as int? ?? 1)
            : null;
    }
}
