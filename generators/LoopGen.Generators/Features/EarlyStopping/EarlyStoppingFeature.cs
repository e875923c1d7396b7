using LoopGen.Generators.Explaining;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features.EarlyStopping;

/// <summary><c>[EarlyStopping]</c>: the comparison with the best epoch, the copy of its weights, the end of the training.</summary>
/// <param name="Monitor">The figure that is watched.</param>
/// <param name="Figure">Its name: <c>val_loss</c>.</param>
/// <param name="Patience">Epochs in a row without an improvement that end it.</param>
/// <param name="MinDelta">By how much a figure must be better.</param>
/// <param name="WarmupEpochs">Epochs at first that are not judged.</param>
/// <param name="Limits">The baseline and the thresholds that are given.</param>
/// <param name="RestoresBest">Whether the model is left with the weights of the best epoch.</param>
internal sealed record EarlyStoppingFeature(
    MonitorSpec Monitor,
    string Figure,
    int Patience,
    NumberSpec MinDelta,
    int WarmupEpochs,
    EquatableArray<NumberSpec> Limits,
    bool RestoresBest) : Feature
{
    public static readonly FeatureKind OfRules = new(EarlyStoppingParser.Read)
    {
        Attributes = [KnownNames.EarlyStoppingAttributeName],
        Numbers = [.. EarlyStoppingRules.Ranges.Select(pair => new FeatureNumber(KnownNames.EarlyStoppingAttributeName, pair.Property, pair.Range))],
        Locals = [("earlyStopping", "stoppingRule"), ("bestWeights", "weightsOfBest")],
        Types = [("EarlyStopping", KnownNames.Namespace), ("BestWeights", KnownNames.Namespace)],
    };

    public override FeatureKind Kind => OfRules;

    public override string? Watcher => this.Monitor.IsValidation ? $"[{KnownNames.EarlyStopping}] watches {this.Figure}" : null;

    public override string? LeavesModelWith => this.RestoresBest ? "the weights of the best epoch" : null;

    public override IReadOnlyList<(string Name, string Local)> State(LoopContext context) => this.RestoresBest
        ? [("early_stopping", context.Text($"@earlyStopping")), ("best_weights", context.Text($"@bestWeights"))]
        : [("early_stopping", context.Text($"@earlyStopping"))];

    public override IReadOnlyList<string> Words(LoopSpec spec)
    {
        string[] details =
        [
            $"patience {Literal.Plain(this.Patience)}",
            .. this.Limits.Prepend(this.MinDelta).Where(number => number.IsGiven).Select(number => number.Words),
            .. this.Monitor.Direction(spec),
            .. this.WarmupEpochs > 0 ? [$"warmup epochs {Literal.Of(this.WarmupEpochs)}"] : (string[])[],
            .. this.RestoresBest ? ["best weights restored"] : (string[])[],
        ];
        return [$"early stopping on {this.Figure} ({string.Join(", ", details)})"];
    }

    public override void Write(Place place, Lines lines)
    {
        switch (place)
        {
            case Place.SetUp:
                lines.Add($$"""

                    // {{this.Sentence()}}
                    var @earlyStopping = new @EarlyStopping({{this.Arguments}});
                    {{this.RestoresBest}}using var @bestWeights = new @BestWeights(this);
                    """);
                break;

            case Place.Resumed:
                lines.Add($$"""
                    // A training that early stopping had ended stays ended.
                    if (@earlyStopping.IsExhausted)
                    {
                        @run.Stop(@earlyStopping.Reason);
                    }

                    """);
                break;

            case Place.Decisions when this.RestoresBest:
                lines.Add($$"""

                    // An improvement: keep the weights that were evaluated.
                    if (@earlyStopping.Update({{lines.Context.Watched(this.Monitor)}}))
                    {
                        {{Region.Evaluated}}
                        @bestWeights.Keep();
                        {{Region.EndOfEvaluated}}
                    }

                    if (@earlyStopping.IsExhausted)
                    {
                        @run.Stop(@earlyStopping.Reason);
                    }
                    """);
                break;

            case Place.Decisions:
                lines.Add($$"""

                    @earlyStopping.Update({{lines.Context.Watched(this.Monitor)}});
                    if (@earlyStopping.IsExhausted)
                    {
                        @run.Stop(@earlyStopping.Reason);
                    }
                    """);
                break;

            case Place.End when this.RestoresBest:
                lines.Add($$"""

                    // The weights of the best epoch become the model's, if any were kept.
                    @bestWeights.CopyToModel();
                    """);
                break;
        }
    }

    public override void Explain(Explanation page, LoopContext context)
    {
        var last = $"after {(this.Patience == 1 ? "an epoch" : $"{Literal.Of(this.Patience)} epochs")} without an improvement training ends.";
        page.At(Place.SetUp, "The rule for stopping has seen no epoch yet.");
        page.At(Place.Resumed, "A training that early stopping had ended stays ended.");
        page.At(
            Place.Decisions,
            this.RestoresBest
                ? $"{this.Figure} is compared with the best so far: if it is better, the {context.EvaluatedWeights} are copied; {last}"
                : $"{this.Figure} is compared with the best so far: {last}");
        if (this.RestoresBest)
        {
            page.At(Place.End, $"The {context.EvaluatedWeights} of the best epoch become the model's, if there is one.");
        }

        var sentence = this.Sentence();
        page.Attribute(KnownNames.EarlyStopping, char.ToLowerInvariant(sentence[0]) + sentence.Substring(1));
    }

    private string[] Arguments =>
    [
        Literal.Of(this.Figure),
        $"patience: {Literal.Of(this.Patience)}",
        this.MinDelta.ToString(),
        $"isHigherBetter: {Literal.Of(this.Monitor.IsHigherBetter)}",
        .. this.Limits.Select(limit => limit.ToString()),
        .. this.WarmupEpochs > 0 ? [$"warmupEpochs: {Literal.Of(this.WarmupEpochs)}"] : (string[])[],
    ];

    private string Sentence()
    {
        var delta = this.MinDelta.Value > 0 ? $" by more than {Literal.Plain(this.MinDelta.Value)}" : string.Empty;
        var marks = this.Limits
            .Where(limit => limit.Property == KnownNames.BaselineProperty)
            .Select(mark => $" and beaten {Literal.Plain(mark.Value)}");
        var epochs = this.Patience == 1 ? "one epoch" : $"{Literal.Of(this.Patience)} epochs";
        var limits = this.Limits
            .Where(limit => limit.Property != KnownNames.BaselineProperty)
            .Select(limit => $", or as soon as it {(limit.Property == KnownNames.StoppingThresholdProperty ? "reaches" : "is worse than")} {Literal.Plain(limit.Value)}");
        var warmup = this.WarmupEpochs switch
        {
            0 => string.Empty,
            1 => " The first epoch is not judged.",
            _ => $" The first {Literal.Of(this.WarmupEpochs)} epochs are not judged.",
        };
        return $"Ends the training when {this.Figure} has not improved{delta}{string.Concat(marks)} for {epochs}{string.Concat(limits)}.{warmup}";
    }
}
