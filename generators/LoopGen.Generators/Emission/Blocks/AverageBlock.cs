using LoopGen.Generators.Explaining;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>Averaged weights: made, updated, and left in the model. The swap around the evaluation is the epoch's end.</summary>
internal sealed class AverageBlock : IExplainedBlock
{
    public void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        if (kind != LoopKind.Training || context.Spec.Average is not { } average)
        {
            return;
        }

        var names = context.Names;
        var weights = names["averagedWeights"];
        switch (phase)
        {
            case Phase.SetUp:
                writer.Blank();
                WriteConstruction(average, writer, context);
                break;

            case Phase.AfterUpdate when average.Decay is not null:
                writer.Line($"{weights}.Update();");
                break;

            case Phase.EpochComplete when average.Decay is null:
                if (average.StartEpoch > 1)
                {
                    using (writer.Block($"if ({names["epoch"]} >= {Literal.Of(average.StartEpoch)})"))
                    {
                        writer.Line($"{weights}.Update();");
                    }
                }
                else
                {
                    writer.Line($"{weights}.Update();");
                }

                writer.Blank();
                break;

            case Phase.End:
                writer.Comment(average.StartEpoch > 1
                    ? "The average becomes the model's weights, if an epoch has entered it."
                    : "The averages become the model's weights.");
                writer.Line($"{weights}.CopyToModel();");
                break;
        }
    }

    public void Explain(Explanation page, LoopContext context)
    {
        if (context.Spec.Average is not { } average)
        {
            return;
        }

        var start = average.StartEpoch > 1 ? $", from epoch {Literal.Of(average.StartEpoch)} on" : string.Empty;
        if (average.Decay is { } decay)
        {
            var share = Literal.Plain(decay.Value);
            page.At(Phase.SetUp, "A moving average of weights and buffers begins with the model's own.");
            page.At(Phase.AfterUpdate, $"Weights and buffers enter their moving average, with a decay of {share}{(average.HasWarmup ? ", less in the first updates" : string.Empty)}.");
            page.Attribute(KnownNames.Ema, "what is evaluated, and what the model is left with, is the moving average of its weights and buffers.");
        }
        else
        {
            page.At(Phase.SetUp, $"An average of the weights and buffers of all epochs{start} is kept.");
            page.At(Phase.EpochComplete, $"Weights and buffers enter their average{start}.");
            page.Attribute(KnownNames.Swa, $"what is evaluated, and what the model is left with, is the plain average over epochs{start}.");
        }

        page.At(Phase.End, average.StartEpoch > 1 ? "The average becomes the model's weights, if an epoch has entered it." : "The averages become the model's weights.");
    }

    private static void WriteConstruction(AverageSpec average, LoopWriter writer, LoopContext context)
    {
        var weights = context.Names["averagedWeights"];
        if (average.Decay is { } decay)
        {
            writer.Comment("A moving average of weights and buffers: what is evaluated, and what the model is left with.");
            string[] arguments = average.HasWarmup ? ["this", decay.ToString()] : ["this", decay.ToString(), "warmup: false"];
            writer.Line($"using var {weights} = new {context.Type("AveragedWeights")}({string.Join(", ", arguments)});");
        }
        else
        {
            var start = average.StartEpoch > 1 ? $" from epoch {Literal.Of(average.StartEpoch)} on" : string.Empty;
            writer.Comment($"The plain average of weights and buffers after each epoch{start}: what is evaluated then, and what the model is left with.");
            writer.Line($"using var {weights} = {context.Type("AveragedWeights")}.Equal(this);");
        }
    }
}
