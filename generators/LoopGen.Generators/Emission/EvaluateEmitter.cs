using LoopGen.Generators.Emission.Blocks;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission;

/// <summary><c>X.Evaluate.g.cs</c>: the training loop's batch without backward pass and update.</summary>
internal static class EvaluateEmitter
{
    private static readonly string[] UsedTypes =
        ["Batches", "CancellationToken", "DataLoader", "GeneratedCode", "IEnumerable", "IterableDataLoader", "torch"];

    public static LoopWriter Write(LoopContext context)
    {
        var name = context.Spec.Type.Name;
        var header = new FileHeader(
            [FileHeader.WrittenFrom(FileHeader.EvaluationLoop, name)],
            AskedFor.InEvaluation(context),
            FileHeader.OnceDeclared(name, "an Evaluate"));

        return FileFrame.Write(context, header, [.. UsedTypes, .. context.LossTypes, .. context.Owns(LoopMember.EvaluateBatches) ? (string[])[] : ["ValueTuple"]], writer =>
        {
            if (!context.Owns(LoopMember.EvaluateBatches))
            {
                WriteEvaluate(writer, context);
            }

            if (!context.Owns(LoopMember.EvaluateTensors))
            {
                writer.Blank();
                WriteTensors(writer, context);
            }

            if (!context.Owns(LoopMember.EvaluateDataLoader))
            {
                writer.Blank();
                WriteLoader(writer, context, "DataLoader");
            }

            if (!context.Owns(LoopMember.EvaluateIterableDataLoader))
            {
                writer.Blank();
                WriteLoader(writer, context, "IterableDataLoader");
            }
        });
    }

    /// <summary>The parameters behind the data.</summary>
    public static string[] CommonParameters(LoopContext context) =>
    [
        $"{context.Device}? {context.Names["device"]} = null",
        $"{context.Type("CancellationToken")} {context.Names["cancellationToken"]} = default",
    ];

    /// <summary><c>new Scores(Loss: meanLoss.Compute(), …)</c>.</summary>
    public static void WriteScores(LoopWriter writer, LoopContext context)
    {
        string[] members = ["Loss", .. context.Spec.Metrics.Select(metric => metric.Member)];
        string[] locals = [context.Names["meanLoss"], .. context.Names.Metrics];
        writer.List($"return new {context.ScoresType}(", members.Zip(locals, (member, local) => $"{member}: {local}.Compute()").ToArray(), ");");
    }

    // The parameter is called as in Fit, so that an error about it is right for callers of either.
    private static void WriteEvaluate(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        writer.Doc(
            "summary",
            $"Computes {Wording.Figures(context)} in evaluation mode, without gradients.");
        FitSignature.Param(writer, names["validationBatches"], $"Batches of {Wording.BatchMembers(context)}.");
        WriteCommonDocumentation(writer, context);
        CommonLines.WriteSignature(
            writer,
            context,
            context.ScoresType,
            "Evaluate",
            [$"{context.Type("IEnumerable")}<{context.BatchType}> {names["validationBatches"]}", .. CommonParameters(context)]);

        using (writer.Block(string.Empty))
        {
            CommonLines.WriteDevice(writer, context);
            writer.Blank();
            LoopBlocks.Write(Phase.SetUp, LoopKind.Evaluation, writer, context);
            writer.Blank();
            LoopBlocks.Write(Phase.Totals, LoopKind.Evaluation, writer, context);
            writer.Blank();

            ModeLines.WriteEvaluation(writer, context, () =>
            {
                WriteBatches(writer, context);
                writer.Blank();
                WriteScores(writer, context);
            });
        }
    }

    private static void WriteBatches(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        using (writer.Block($"foreach (var ({string.Join(", ", names.HostTensors)}) in {context.Type("Batches")}.Checked({names["validationBatches"]}))"))
        {
            writer.Line($"{names["cancellationToken"]}.ThrowIfCancellationRequested();");
            writer.Blank();
            writer.Comment("Frees every tensor made below when the batch ends.");
            writer.Line($"using var {names["stepScope"]} = {context.Torch}.NewDisposeScope();");
            writer.Blank();

            CommonLines.WriteMoveOfBatch(writer, context);
            writer.Blank();

            StepEmitter.WriteForwardAndLoss(writer, context, LoopKind.Evaluation);
            writer.Blank();

            writer.Comment("Add to the totals on the device, without waiting for it.");
            LoopBlocks.Write(Phase.Record, LoopKind.Evaluation, writer, context);
        }
    }

    private static void WriteTensors(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        writer.Doc("summary", $"Computes {Wording.Figures(context)} over whole tensors.");
        WriteInheritance(writer, context);
        CommonLines.WriteOverload(
            writer,
            context,
            context.ScoresType,
            "Evaluate",
            [.. names.Tensors.Select(tensor => $"{context.Tensor} {tensor}"), $"int {names["batchSize"]} = 32", .. CommonParameters(context)]);

        using (writer.Block(string.Empty))
        {
            writer.List(
                $"var {names["validationBatches"]} = {context.Type("Batches")}.FromTensors(",
                [.. names.Tensors, names["batchSize"], "shuffle: false"],
                ");");
            WriteCall(writer, context);
        }
    }

    private static void WriteLoader(LoopWriter writer, LoopContext context, string loaderType)
    {
        var names = context.Names;
        writer.Doc("summary", $"Computes {Wording.Figures(context)} over a TorchSharp <c>{loaderType}</c>.");
        CommonLines.WriteOverload(
            writer, context, context.ScoresType, "Evaluate", [$"{context.Type(loaderType)} {names["loader"]}", .. CommonParameters(context)]);

        using (writer.Block(string.Empty))
        {
            writer.Line($"var {names["validationBatches"]} = {LoaderLines.Convert(context, loaderType, names["loader"])};");
            WriteCall(writer, context);
        }
    }

    private static void WriteCall(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        var arguments = context.ArgumentsFor(
            LoopMember.EvaluateBatches,
            [
                (names["validationBatches"], names["validationBatches"]),
                (names["device"], names["device"]),
                (names["cancellationToken"], names["cancellationToken"]),
            ]);
        writer.Line($"return this.Evaluate({string.Join(", ", arguments)});");
    }

    private static void WriteCommonDocumentation(LoopWriter writer, LoopContext context)
    {
        FitSignature.Param(writer, context.Names["device"], $"Where to evaluate; {Wording.DefaultDevice}.");
        FitSignature.Param(writer, context.Names["cancellationToken"], "Ends the evaluation with an <c>OperationCanceledException</c>.");
        writer.Doc("returns", "Averages over all samples.");
    }

    private static void WriteInheritance(LoopWriter writer, LoopContext context)
        => FitSignature.WriteInheritance(
            writer,
            context,
            LoopMember.EvaluateBatches,
            $"{FitSignature.Batches(context)}, {context.Device}, {context.Type("CancellationToken")}");
}
