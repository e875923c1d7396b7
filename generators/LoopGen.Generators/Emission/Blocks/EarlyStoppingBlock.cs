using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>The comparison with the best epoch, the copy of its weights, the end of the training.</summary>
internal sealed class EarlyStoppingBlock : ILoopBlock
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
                if (context.Spec.Average is not null)
                {
                    writer.Blank();
                }

                writer.Comment("The weights of the best epoch become the model's, if one has ended.");
                writer.Line($"{names["bestWeights"]}.CopyToModel();");
                break;
        }
    }

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

        var epochs = rule.Patience == 1 ? "the first epoch" : $"{Literal.Of(rule.Patience)} epochs";
        writer.Comment(rule.Patience == 1
            ? $"Ends the training with the first epoch in which {rule.Figure} has not improved."
            : $"Ends the training when {rule.Figure} has not improved for {epochs}.");
        writer.List($"var {names["earlyStopping"]} = new {context.Type("EarlyStopping")}(", arguments, ");");
        if (rule.RestoresBest)
        {
            writer.Line($"using var {names["bestWeights"]} = new {context.Type("BestWeights")}(this);");
        }
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
            writer.Comment(context.Spec.Average is null
                ? "Better than every epoch before: keep its weights."
                : "Better than every epoch before: keep what was evaluated, the averages.");
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
