using LoopGen.Generators.Emission.Blocks;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission;

/// <summary><c>X.Batch.g.cs</c>: single steps for loops of the user's own, and the optimizer for them.</summary>
internal static class BatchEmitter
{
    private static readonly string[] UsedTypes = ["GeneratedCode", "torch"];

    public static LoopWriter Write(LoopContext context)
    {
        var name = context.Spec.Type.Name;
        var header = new FileHeader(
            [FileHeader.WrittenFrom(FileHeader.SingleSteps, name, ", for loops of your own")],
            AskedFor.InTraining(context),
            []);

        return FileFrame.Write(context, header, [.. UsedTypes, .. ParameterGroups.UsedTypes(context), .. context.LossTypes], writer =>
        {
            if (!context.Owns(LoopMember.CreateOptimizer))
            {
                WriteCreateOptimizer(writer, context);
            }

            if (!context.Owns(LoopMember.TrainOnBatch))
            {
                writer.Blank();
                WriteTrainOnBatch(writer, context);
            }

            if (!context.Owns(LoopMember.TestOnBatch))
            {
                writer.Blank();
                WriteTestOnBatch(writer, context);
            }
        });
    }

    private static void WriteCreateOptimizer(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        writer.Doc(
            "summary",
            $"Moves the model and makes the {context.Spec.Optimizer.Title} that <c>Fit</c> would make; the caller disposes it.");
        CommonLines.WriteOverload(
            writer,
            context,
            $"{context.Torch}.optim.Optimizer",
            "CreateOptimizer",
            [
                $"{context.Device}? {names["device"]} = null",
                $"double {names["learningRate"]} = {context.Spec.Optimizer.LearningRate.Literal}",
            ]);

        using (writer.Block(string.Empty))
        {
            CommonLines.WriteDevice(writer, context);
            OptimizerBlock.WriteConstruction(writer, context, "return ", ");");
        }
    }

    private static void WriteTrainOnBatch(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        writer.Doc("summary", "Makes one update in training mode. Returns the figures of the batch before it.");
        CommonLines.WriteOverload(
            writer,
            context,
            context.ScoresType,
            "TrainOnBatch",
            [
                .. context.Names.Tensors.Select(tensor => $"{context.Tensor} {tensor}"),
                $"{context.Torch}.optim.Optimizer {names["optimizer"]}",
                $"{context.Device}? {names["device"]} = null",
            ]);

        using (writer.Block(string.Empty))
        {
            WriteSetUp(writer, context, LoopKind.SingleStep);
            ModeLines.WriteTraining(writer, context, () =>
            {
                WriteScopeAndMove(writer, context);
                StepEmitter.WriteFiveSteps(writer, context, LoopKind.SingleStep);
                WriteEnd(writer, context, LoopKind.SingleStep);
            });
        }
    }

    private static void WriteTestOnBatch(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        writer.Doc("summary", "Computes the figures of one batch in evaluation mode.");
        CommonLines.WriteOverload(
            writer,
            context,
            context.ScoresType,
            "TestOnBatch",
            [.. context.Names.Tensors.Select(tensor => $"{context.Tensor} {tensor}"), $"{context.Device}? {names["device"]} = null"]);

        using (writer.Block(string.Empty))
        {
            WriteSetUp(writer, context, LoopKind.SingleEvaluation);
            ModeLines.WriteEvaluation(writer, context, () =>
            {
                WriteScopeAndMove(writer, context);
                StepEmitter.WriteForwardAndLoss(writer, context, LoopKind.SingleEvaluation);
                WriteEnd(writer, context, LoopKind.SingleEvaluation);
            });
        }
    }

    private static void WriteSetUp(LoopWriter writer, LoopContext context, LoopKind kind)
    {
        CommonLines.WriteDevice(writer, context);
        writer.Blank();
        LoopBlocks.Write(Phase.SetUp, kind, writer, context);
        writer.Blank();
        LoopBlocks.Write(Phase.Totals, kind, writer, context);
        writer.Blank();
    }

    private static void WriteScopeAndMove(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        writer.Line($"using var {names["stepScope"]} = {context.Torch}.NewDisposeScope();");
        writer.Blank();
        CommonLines.WriteMoveInPlace(writer, context);
        writer.Blank();
    }

    private static void WriteEnd(LoopWriter writer, LoopContext context, LoopKind kind)
    {
        writer.Blank();
        LoopBlocks.Write(Phase.Record, kind, writer, context);
        writer.Blank();
        EvaluateEmitter.WriteScores(writer, context);
    }
}
