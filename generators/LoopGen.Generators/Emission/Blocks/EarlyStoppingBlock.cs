using System.Text;
using LoopGen.Generators.Explaining;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>The comparison with the best epoch, the copy of its weights, the end of the training.</summary>
internal sealed class EarlyStoppingBlock : IExplainedBlock
{
    public void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        if (kind != LoopKind.Training || context.Spec.EarlyStopping is not { } rule)
        {
            return;
        }

        var names = context.Names;
        switch (phase)
        {
            case Phase.SetUp:
                writer.Blank();
                WriteSetUp(rule, writer, context);
                break;

            case Phase.Decisions:
                writer.Blank();
                WriteDecision(rule, writer, context);
                break;

            case Phase.End when rule.RestoresBest:
                writer.Blank();
                writer.Comment("The weights of the best epoch become the model's, if any were kept.");
                writer.Line($"{names["bestWeights"]}.CopyToModel();");
                break;
        }
    }

    public void Explain(Explanation page, LoopContext context)
    {
        if (context.Spec.EarlyStopping is not { } rule)
        {
            return;
        }

        var averaged = context.Spec.Average is null ? string.Empty : "averaged ";
        var last = $"after {(rule.Patience == 1 ? "an epoch" : $"{Literal.Of(rule.Patience)} epochs")} without an improvement training ends.";
        page.At(Phase.SetUp, "The rule for stopping has seen no epoch yet.");
        page.At(
            Phase.Decisions,
            rule.RestoresBest
                ? $"{rule.Figure} is compared with the best so far: if it is better, the {averaged}weights are copied; {last}"
                : $"{rule.Figure} is compared with the best so far: {last}");
        if (rule.RestoresBest)
        {
            page.At(Phase.End, $"The {averaged}weights of the best epoch become the model's, if there is one.");
        }

        page.Attribute(KnownNames.EarlyStopping, Lower(Sentence(rule)));
    }

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence.Substring(1);

    private static void WriteSetUp(EarlyStoppingSpec rule, LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        List<string> arguments =
        [
            Literal.Of(rule.Figure),
            $"patience: {Literal.Of(rule.Patience)}",
            rule.MinDelta.ToString(),
            $"isHigherBetter: {(rule.Monitor.IsHigherBetter ? "true" : "false")}",
            .. rule.Limits.Select(limit => limit.ToString()),
        ];
        if (rule.WarmupEpochs > 0)
        {
            arguments.Add($"warmupEpochs: {Literal.Of(rule.WarmupEpochs)}");
        }

        writer.Comment(Sentence(rule));
        writer.List($"var {names["earlyStopping"]} = new {context.Type("EarlyStopping")}(", arguments, ");");
        if (rule.RestoresBest)
        {
            writer.Line($"using var {names["bestWeights"]} = new {context.Type("BestWeights")}(this);");
        }
    }

    private static string Sentence(EarlyStoppingSpec rule)
    {
        var sentence = new StringBuilder($"Ends the training when {rule.Figure} has not improved");
        if (rule.MinDelta.Value > 0)
        {
            sentence.Append($" by more than {Literal.Plain(rule.MinDelta.Value)}");
        }

        foreach (var mark in rule.Limits.Where(limit => limit.Property == KnownNames.BaselineProperty))
        {
            sentence.Append($" and beaten {Literal.Plain(mark.Value)}");
        }

        sentence.Append(rule.Patience == 1 ? " for one epoch" : $" for {Literal.Of(rule.Patience)} epochs");
        foreach (var limit in rule.Limits.Where(limit => limit.Property != KnownNames.BaselineProperty))
        {
            var isGoal = limit.Property == KnownNames.StoppingThresholdProperty;
            sentence.Append($", or as soon as it {(isGoal ? "reaches" : "is worse than")} {Literal.Plain(limit.Value)}");
        }

        sentence.Append('.');
        if (rule.WarmupEpochs > 0)
        {
            sentence.Append(rule.WarmupEpochs == 1 ? " The first epoch is not judged." : $" The first {Literal.Of(rule.WarmupEpochs)} epochs are not judged.");
        }

        return sentence.ToString();
    }

    private static void WriteDecision(EarlyStoppingSpec rule, LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        var update = $"{names["earlyStopping"]}.Update({context.Watched(rule.Monitor)})";
        if (!rule.RestoresBest)
        {
            writer.Line($"{update};");
        }
        else
        {
            writer.Comment("An improvement: keep the weights that were evaluated.");
            using (writer.Block($"if ({update})"))
            {
                if (context.Spec.Average is null)
                {
                    writer.Line($"{names["bestWeights"]}.Keep();");
                }
                else
                {
                    using (writer.Block($"using ({names["averagedWeights"]}.SwapIn())"))
                    {
                        writer.Line($"{names["bestWeights"]}.Keep();");
                    }
                }
            }

            writer.Blank();
        }

        using (writer.Block($"if ({names["earlyStopping"]}.IsExhausted)"))
        {
            writer.Line($"{names["run"]}.Stop({names["earlyStopping"]}.Reason);");
        }
    }
}
