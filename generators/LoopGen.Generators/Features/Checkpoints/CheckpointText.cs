using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features.Checkpoints;

/// <summary>The longer lines of <see cref="CheckpointFeature"/>.</summary>
internal static class CheckpointText
{
    /// <summary>What the state is made of, and its return.</summary>
    public static void WriteSetUp(CheckpointFeature checkpoint, Lines lines) => lines.Add($$"""
        var @progress = new @TrainingProgress(@run, @seed);

        // What a checkpoint must match to be resumed.
        var @settings = {{new Sentence(AskedFor.Settings(lines.Context))}};

        // The state of the training: what checkpoints hold, and what comes back where one is resumed.
        using var @checkpoints = new @Checkpoints({{Arguments(checkpoint, lines.Context)}});
        @checkpoints.Track("model", this);
        @checkpoints.Track("optimizer", @optimizer);
        {{() => WriteState(lines)}}
        @checkpoints.TrackTotals({{Totals(lines.Context)}});
        @checkpoints.Track("history", @history, {{lines.Context.LogType}}.Read);
        @checkpoints.Track("batches", @trainBatches);
        @checkpoints.Track("progress", @progress);

        // Go on from a checkpoint, or set those of an earlier training aside.
        @checkpoints.Begin(@resume);

        {{Place.Resumed}}
        """);

    /// <summary>The state in the middle of an epoch.</summary>
    public static void WriteSaveInEpoch(CheckpointFeature checkpoint, Lines lines)
    {
        List<string> conditions = [];
        List<string> words = [];
        if (checkpoint.EverySteps is { } steps)
        {
            conditions.Add(lines.Context.Text($"@step % {Literal.Of(steps)} == 0"));
            words.Add(steps == 1 ? "every update" : $"every {Literal.Of(steps)} updates");
        }

        if (checkpoint.EveryMinutes is { } minutes)
        {
            conditions.Add(lines.Context.Text($"@checkpoints.SinceLastSave >= @TimeSpan.FromMinutes({Literal.Of(minutes)})"));
            words.Add(minutes == 1 ? "every minute" : $"every {Literal.Plain(minutes)} minutes");
        }

        lines.Add($$"""

            // Save the state {{string.Join(" and ", words)}}, in the middle of the epoch too.
            if ({{string.Join(" || ", conditions)}})
            {
                {{Place.BeforeSave}}
                @checkpoints.SaveLast();
            }
            """);
    }

    /// <summary>The best weights, as files of their own.</summary>
    public static void WriteBest(BestFiles best, Lines lines)
    {
        var figure = lines.Context.Watched(best.Monitor);
        var isText = best.FileName.All(part => part.Placeholder is null);
        var file = isText ? Literal.Of(string.Concat(best.FileName.Select(part => part.Text))) : lines.Context.Text($"@fileName");
        string[] arguments = ["this", figure, file];
        lines.Add($$"""

            // {{(best.Count == 1 ? $"The best {best.Figure} so far" : $"Among the {Literal.Of(best.Count)} best by {best.Figure}")}}: save these weights as a file of their own.
            if (@checkpoints.IsAmongBest({{figure}}))
            {
                {{() => WriteName(lines, best)}}
                {{Region.Evaluated}}
                @checkpoints.SaveBest({{arguments}});
                {{Region.EndOfEvaluated}}
            }
            """);
    }

    /// <summary>How figures come back. A person would let a serializer do it, which needs reflection.</summary>
    public static void WriteReadOfLog(Lines lines)
    {
        var context = lines.Context;
        string[] arguments =
        [
            "epoch",
            .. context.Figures.Select(figure => figure.Member).Concat(context.AddedFigures.Select(figure => figure.Member)).Select(member => $"{member}: figures[{Literal.Of(FigureName.FromMember(member))}]!.Value"),
            .. context.Figures.Select(figure => $"Val{figure.Member}: figures[{Literal.Of(FigureName.FromMember("Val" + figure.Member))}]"),
        ];
        lines.Add($$"""

            /// <summary>The figures of an epoch as a checkpoint has them.</summary>
            internal static {{context.LogType}} Read(int epoch, @IReadOnlyDictionary<string, double?> figures) =>
                new({{arguments}});
            """);
    }

    private static IReadOnlyList<string> Arguments(CheckpointFeature checkpoint, LoopContext context)
    {
        List<string> arguments =
        [
            context.Text($"@run"),
            context.Text($"@checkpointFolder"),
            context.Text($"@settings"),
            $"keepLast: {Literal.Of(checkpoint.KeepLast)}",
        ];
        if (checkpoint.Best is { } best)
        {
            arguments.Add($"monitor: {Literal.Of(best.Figure)}");
            arguments.Add($"keepBest: {Literal.Of(best.Count)}");
            arguments.Add($"isHigherBetter: {Literal.Of(best.Monitor.IsHigherBetter)}");
        }

        return arguments;
    }

    // Frozen parameters, hooks and settings do not change.
    private static void WriteState(Lines lines)
    {
        foreach (var (name, local) in lines.Context.Features.SelectMany(feature => feature.State(lines.Context)))
        {
            lines.Add($"@checkpoints.Track({Literal.Of(name)}, {local});");
        }
    }

    private static string[] Totals(LoopContext context)
        => [.. context.Figures.Select(figure => figure.Total), .. context.Features.SelectMany(feature => feature.Totals(context))];

    // A name of one text is an argument; one of figures is put together first.
    private static void WriteName(Lines lines, BestFiles best)
    {
        if (best.FileName.Any(part => part.Placeholder is not null))
        {
            string[] name = [$"$\"{string.Concat(best.FileName.Select(part => Piece(part, lines.Context)))}\""];
            lines.Add($"var @fileName = @FormattableString.Invariant({name});");
        }
    }

    private static string Piece(FileNamePart part, LoopContext context) => part.Placeholder is { } name
        ? $"{{{Value(name, context)}{(part.Format.Length == 0 ? string.Empty : $":{part.Format}")}}}"
        : Literal.Of(part.Text!).Trim('"').Replace("{", "{{").Replace("}", "}}");

    private static string Value(string placeholder, LoopContext context) => placeholder switch
    {
        FileNameTemplate.Epoch => context.Text($"@epoch"),
        FileNameTemplate.Step => context.Text($"@step"),
        _ => context.Text($"@log.{MonitorRules.Resolve(placeholder, context.Spec.Metrics)!.LogMember}"),
    };
}
