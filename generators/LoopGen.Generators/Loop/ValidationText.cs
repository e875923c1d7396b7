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

        var all = Phrase.All(watchers);
        lines.Add($$"""
            // {{char.ToUpperInvariant(all[0]) + all.Substring(1)}} {{(watchers.Length == 1 ? "watches" : "watch")}} figures of the validation data.
            @ArgumentNullException.ThrowIfNull(@validationBatches);

            """);
    }

    /// <summary>Computes the scores after an epoch.</summary>
    public static void Write(Lines lines)
    {
        var context = lines.Context;
        var arguments = context.ArgumentsFor(LoopMember.EvaluateBatches, context.Text($"@validationBatches"), context.Text($"@device"));
        var call = $"this.Evaluate({string.Join(", ", arguments)})";
        if (context.Evaluated is null && context.NeedsValidation)
        {
            lines.Add($$"""var @scores = {{call}};""");
        }
        else if (context.Evaluated is null)
        {
            lines.Add($$"""var @scores = {{new Choice(context.Text($"@validationBatches is null"), "null", call)}};""");
        }
        else if (context.NeedsValidation)
        {
            lines.Add($$"""
                // Evaluate the {{context.Evaluated}} in place of the model's; the swap ends with the block.
                {{context.ScoresType}} @scores;
                {{Region.Evaluated}}
                @scores = {{call}};
                {{Region.EndOfEvaluated}}
                """);
        }
        else
        {
            lines.Add($$"""
                {{context.ScoresType}}? @scores = null;
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
