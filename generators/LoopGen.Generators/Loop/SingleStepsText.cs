using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary><c>X.Batch.g.cs</c>: single steps for loops of the user's own, and the optimizer for them.</summary>
internal static class SingleStepsText
{
    public static LoopWriter WriteFile(LoopContext context)
    {
        var header = new FileHeader(
            [FileHeader.WrittenFrom(FileHeader.SingleSteps, context.Spec.Type.Name, ", for loops of your own")],
            AskedFor.InTraining(context),
            []);

        return FileFrame.Write(context, header, lines =>
        {
            if (!context.Owns(LoopMember.CreateOptimizer))
            {
                WriteCreateOptimizer(lines);
            }

            if (!context.Owns(LoopMember.TrainOnBatch))
            {
                WriteTrainOnBatch(lines);
            }

            if (!context.Owns(LoopMember.TestOnBatch))
            {
                WriteTestOnBatch(lines);
            }
        });
    }

    private static void WriteCreateOptimizer(Lines lines)
    {
        var context = lines.Context;
        string[] parameters =
        [
            context.Text($"{context.Device}? @device = null"),
            context.Text($"double @learningRate = {context.Spec.Optimizer.LearningRate.Literal}"),
        ];
        lines.Add($$"""
            /// <summary>Moves the model and makes the {{context.Spec.Optimizer.Title}} that <c>Fit</c> would make; the caller disposes it.</summary>
            {{() => Signature.WriteOverload(lines, context.Text($"@torch.optim.Optimizer"), "CreateOptimizer", parameters)}}
            {
                @device ??= @torch.cuda.is_available() ? @torch.CUDA : @torch.CPU;
                this.to(@device);
                {{() => OptimizerText.WriteConstruction(lines, "return ", ");")}}
            }
            """);
    }

    private static void WriteTrainOnBatch(Lines lines)
    {
        var context = lines.Context;
        string[] parameters =
        [
            .. context.Names.Tensors.Select(tensor => $"{context.Tensor} {tensor}"),
            context.Text($"@torch.optim.Optimizer @optimizer"),
            context.Text($"{context.Device}? @device = null"),
        ];
        lines.Add($$"""

            /// <summary>Makes one update in training mode. Returns the figures of the batch before it.</summary>
            {{() => Signature.WriteOverload(lines, context.ScoresType, "TrainOnBatch", parameters)}}
            {
                @device ??= @torch.cuda.is_available() ? @torch.CUDA : @torch.CPU;
                this.to(@device);
                @TrainingRun.CheckStep(this, @optimizer);

                {{Place.SingleSetUp}}
                {{() => LossSetUp.Write(LoopKind.SingleStep, lines)}}

                {{() => TotalsText.Write(lines)}}

                {{() => ModeText.WriteTraining(lines, () => WriteBody(lines, LoopKind.SingleStep, StepText.WriteSingle))}}
            }
            """);
    }

    private static void WriteTestOnBatch(Lines lines)
    {
        var context = lines.Context;
        string[] parameters = [.. context.Names.Tensors.Select(tensor => $"{context.Tensor} {tensor}"), context.Text($"{context.Device}? @device = null")];
        lines.Add($$"""

            /// <summary>Computes the figures of one batch in evaluation mode.</summary>
            {{() => Signature.WriteOverload(lines, context.ScoresType, "TestOnBatch", parameters)}}
            {
                @device ??= @torch.cuda.is_available() ? @torch.CUDA : @torch.CPU;
                this.to(@device);

                {{() => LossSetUp.Write(LoopKind.SingleEvaluation, lines)}}

                {{() => TotalsText.Write(lines)}}

                {{() => ModeText.WriteEvaluation(lines, () => WriteBody(lines, LoopKind.SingleEvaluation, body => StepText.WriteForwardAndLoss(LoopKind.SingleEvaluation, body)))}}
            }
            """);
    }

    private static void WriteBody(Lines lines, LoopKind kind, Action<Lines> write) => lines.Add($$"""
        using var @batchScope = @torch.NewDisposeScope();

        {{() => WriteMove(lines)}}

        {{() => write(lines)}}

        {{() => TotalsText.WriteUpdate(kind, lines)}}

        {{() => EvaluateText.WriteScores(lines)}}
        """);

    // Parameters of the method keep their names.
    private static void WriteMove(Lines lines)
    {
        foreach (var name in lines.Context.Names.Tensors)
        {
            lines.Add($"{name} = {MoveText.Of(name, lines.Context)};");
        }
    }
}
