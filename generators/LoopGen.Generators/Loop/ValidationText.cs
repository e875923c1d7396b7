using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>The validation in <c>Fit</c>: given or not, of the weights or of what is evaluated in their place.</summary>
internal static class ValidationText
{
    /// <summary>Refuses a call without validation data before anything is touched, where a feature watches them.</summary>
    public static void WriteNeed(Lines lines)
    {
        string[] watchers = [.. lines.Context.Features.Select(feature => feature.Watcher).OfType<string>()];
        if (watchers.Length == 0)
        {
            return;
        }

        lines.Add($$"""
            @TrainingRun.RequireValidation(@validationBatches, {{new Sentence(Phrase.All(watchers))}});

            """);
    }

    /// <summary>Computes the scores after an epoch. A wish to stop ends an evaluation that has the token.</summary>
    public static void Write(Lines lines)
    {
        var context = lines.Context;
        if (!context.Has(LoopMember.EvaluateBatches, context.Text($"@cancellationToken")))
        {
            WriteScores(lines, context.NeedsValidation ? context.ScoresType : $"{context.ScoresType}?", "var ");
            return;
        }

        lines.Add($$"""
            {{context.ScoresType}}{{(context.NeedsValidation ? string.Empty : "?")}} @scores;
            try
            {
                {{() => WriteScores(lines, null, string.Empty)}}
            }
            catch (@OperationCanceledException) when (@run.IsStopped)
            {
                // An epoch that is stopped in its validation is not complete{{(context.Progress.IsKept ? ": its place is before that" : string.Empty)}}.
                {{Place.Interrupted}}
                break;
            }
            """);
    }

    private static void WriteScores(Lines lines, string? declared, string local)
    {
        var context = lines.Context;
        var arguments = context.ArgumentsFor(
            LoopMember.EvaluateBatches,
            [
                (context.Text($"@validationBatches"), context.Text($"@validationBatches")),
                (context.Text($"@device"), context.Text($"@device")),
                (context.Text($"@cancellationToken"), context.Text($"@run.Stopping")),
            ]);
        var call = $"this.Evaluate({string.Join(", ", arguments)})";
        if (context.Evaluated is null && context.NeedsValidation)
        {
            lines.Add($$"""{{local}}@scores = {{call}};""");
        }
        else if (context.Evaluated is null)
        {
            lines.Add($$"""{{local}}@scores = {{new Choice(context.Text($"@validationBatches is null"), "null", call)}};""");
        }
        else if (context.NeedsValidation)
        {
            lines.Add($$"""
                // Evaluate the {{context.Evaluated}} in place of the model's; the swap ends with the block.
                {{declared is not null}}{{declared}} @scores;
                {{Region.Evaluated}}
                @scores = {{call}};
                {{Region.EndOfEvaluated}}
                """);
        }
        else
        {
            lines.Add($$"""
                {{declared}}{{(declared is null ? string.Empty : " ")}}@scores = null;
                if (@validationBatches is not null)
                {
                    // Evaluate the {{context.Evaluated}} in place of the model's; the swap ends with the block.
                    {{Region.Evaluated}}
                    @scores = {{call}};
                    {{Region.EndOfEvaluated}}
                }
                """);
        }
    }
}
