using LoopGen.Generators.Emission.Blocks;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission;

/// <summary><c>X.Fit.g.cs</c>: the training loop, and the overloads that make batches of other sources and call it.</summary>
internal static class FitEmitter
{
    private static readonly string[] UsedTypes =
    [
        "Batches", "Callback", "CancellationToken", "DataLoader", "GeneratedCode", "IEnumerable", "IReadOnlyList", "IterableDataLoader", "torch",
    ];

    public static LoopWriter Write(LoopContext context)
    {
        var name = context.Spec.Type.Name;
        var header = context.Owns(LoopMember.FitBatches)
            ? new FileHeader(
                [
                    $"{FileHeader.Wrote} these overloads of {name}.Fit. They make batches of other sources and call the Fit that",
                    $"{name} declares itself.",
                ],
                null,
                [])
            : new FileHeader(
                [FileHeader.WrittenFrom(FileHeader.TrainingLoop, name)],
                AskedFor.InTraining(context),
                [.. OwnOptimizer(context), .. FileHeader.OrdinaryCode(name)]);

        var documented = context.Owns(LoopMember.FitBatches) ? [] : FitSignature.Exceptions(context);
        string[] validation = context.Spec.NeedsValidation ? [ValidationLines.Exception] : [];
        var checkpoints = context.Spec.Checkpoint is { } checkpoint ? CheckpointBlock.UsedTypes(checkpoint) : [];
        string[] anomalies = context.Spec.DetectsAnomaly ? [AnomalyBlock.Exception] : [];
        string[] usedTypes = [.. UsedTypes, .. context.LossTypes, .. documented, .. validation, .. checkpoints, .. anomalies, .. ParameterGroups.UsedTypes(context)];
        return FileFrame.Write(context, header, usedTypes, writer =>
        {
            if (!context.Owns(LoopMember.FitBatches))
            {
                WriteFit(writer, context);
            }

            FitOverloadsEmitter.Write(writer, context);
        });
    }

    // What the attribute says of the optimizer is said above all the same: by that one is told when it changes.
    private static string[] OwnOptimizer(LoopContext context)
        => context.Owns(LoopMember.CreateOptimizer) ? [$"The optimizer is not that one: {context.Spec.Type.Name} has a CreateOptimizer of its own."] : [];

    private static void WriteFit(LoopWriter writer, LoopContext context)
    {
        FitSignature.WriteDocumentation(writer, context);
        CommonLines.WriteSignature(
            writer,
            context,
            $"{context.Type("History")}<{context.LogType}>",
            "Fit",
            [
                $"{context.Type("IEnumerable")}<{context.BatchType}> {context.Names["trainBatches"]}",
                $"int {context.Names["epochs"]} = 1",
                $"{context.Type("IEnumerable")}<{context.BatchType}>? {context.Names["validationBatches"]} = null",
                .. FitSignature.CommonParameters(context),
            ]);

        using (writer.Block(string.Empty))
        {
            WriteSetUp(writer, context);
            writer.Blank();
            WriteAllEpochs(writer, context);
            writer.Blank();
            WriteEnd(writer, context);
        }
    }

    private static void WriteSetUp(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        ValidationLines.WriteCheck(writer, context);
        writer.Comment("Progress, callbacks, stopping. On an exception, every module goes back to the mode it had.");
        writer.List(
            $"using var {names["run"]} = {context.Type("TrainingRun")}.Start(",
            ["this", names["trainBatches"], names["epochs"], names["verbose"], names["callbacks"], names["cancellationToken"]],
            ");");
        writer.Blank();

        CommonLines.WriteDevice(writer, context);
        writer.Line($"{context.Type("Randomness")}.SeedIfGiven({names["seed"]});");
        writer.Blank();

        LoopBlocks.Write(Phase.SetUp, LoopKind.Training, writer, context);
        writer.Blank();

        LoopBlocks.Write(Phase.Totals, LoopKind.Training, writer, context);
        writer.Blank();

        writer.Line($"var {names["history"]} = new {context.Type("History")}<{context.LogType}>();");
        LoopBlocks.Write(Phase.Resume, LoopKind.Training, writer, context);
        LoopBlocks.Write(Phase.TrainBegin, LoopKind.Training, writer, context);
    }

    private static void WriteAllEpochs(LoopWriter writer, LoopContext context)
    {
        if (context.Spec.Checkpoint is not { SavesOnException: true })
        {
            WriteEpochs(writer, context);
            return;
        }

        var names = context.Names;
        using (writer.Block("try"))
        {
            WriteEpochs(writer, context);
        }

        using (writer.Block($"catch ({context.Type("Exception")} {names["exception"]})"))
        {
            writer.Comment("Keep the state as the exception left it, for Resume.From; then the exception goes on.");
            writer.Line($"{names["checkpoints"]}.SaveAfter({names["exception"]});");
            writer.Line("throw;");
        }
    }

    private static void WriteEpochs(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        var epoch = names["epoch"];
        var isSaved = context.Spec.Checkpoint is not null;
        var first = isSaved ? $"{names["progress"]}.Epoch" : "1";
        using (writer.Block($"for (var {epoch} = {first}; {epoch} <= {names["epochs"]} && !{names["run"]}.IsStopped; {epoch}++)"))
        {
            writer.Line($"{names["run"]}.BeginEpoch({epoch}{(isSaved ? $", {names["progress"]}.Position" : string.Empty)});");
            writer.Line("this.train();");
            LoopBlocks.Write(Phase.TrainMode, LoopKind.Training, writer, context);
            WriteResets(writer, context);
            LoopBlocks.Write(Phase.EpochBegun, LoopKind.Training, writer, context);
            writer.Line($"var {names["isComplete"]} = true;");
            writer.Blank();

            WriteBatches(writer, context);
            LoopBlocks.Write(Phase.BatchesEnd, LoopKind.Training, writer, context);
            writer.Blank();

            writer.Comment(isSaved ? "An incomplete epoch is not reported, but its place is kept." : "An incomplete epoch is not reported.");
            using (writer.Block($"if (!{names["isComplete"]})"))
            {
                LoopBlocks.Write(Phase.Interrupted, LoopKind.Training, writer, context);
                writer.Line("break;");
            }

            writer.Blank();
            WriteEpochEnd(writer, context);
        }
    }

    private static void WriteResets(LoopWriter writer, LoopContext context)
    {
        if (context.Spec.Checkpoint is null)
        {
            LoopBlocks.Write(Phase.EpochBegin, LoopKind.Training, writer, context);
            return;
        }

        writer.Blank();
        writer.Comment("An epoch that was interrupted goes on with the totals that it had.");
        using (writer.Block($"if (!{context.Names["progress"]}.IsMidEpoch)"))
        {
            LoopBlocks.Write(Phase.EpochBegin, LoopKind.Training, writer, context);
        }

        writer.Blank();
    }

    private static void WriteBatches(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        if (context.HasWindows)
        {
            WindowEmitter.Write(writer, context);
            return;
        }

        writer.Comment("Checked frees what the source made for a batch when the next is asked for; an empty source throws.");
        using (writer.Block($"foreach (var ({string.Join(", ", context.Names.HostTensors)}) in {context.Type("Batches")}.Checked({names["trainBatches"]}{Place(context)}))"))
        {
            WriteStop(writer, context);
            LoopBlocks.Write(Phase.StepBegin, LoopKind.Training, writer, context);
            writer.Comment("Frees every tensor made below when the step ends.");
            writer.Line($"using var {names["stepScope"]} = {context.Torch}.NewDisposeScope();");
            writer.Blank();
            WriteBatch(writer, context);
            writer.Blank();
            StepEmitter.WriteFiveSteps(writer, context, LoopKind.Training);
            writer.Blank();
            WriteRecord(writer, context);
            LoopBlocks.Write(Phase.StepEnd, LoopKind.Training, writer, context);
        }
    }

    /// <summary>Where an epoch that was interrupted goes on.</summary>
    public static string Place(LoopContext context)
        => context.Spec.Checkpoint is null ? string.Empty : $", startAt: {context.Names["progress"]}";

    /// <summary>Leaves the epoch where somebody asked to stop.</summary>
    public static void WriteStop(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        writer.Comment(
            $"A callback{(context.Spec.Checkpoint is null ? " or the cancellation token" : ", the cancellation token or a signal")} "
            + "asked to stop with batches left: leave the epoch.");
        using (writer.Block($"if ({names["run"]}.IsStopped)"))
        {
            writer.Line($"{names["isComplete"]} = false;");
            writer.Line("break;");
        }

        writer.Blank();
    }

    /// <summary>The batch on the device.</summary>
    public static void WriteBatch(LoopWriter writer, LoopContext context)
    {
        CommonLines.WriteMoveOfBatch(writer, context);
        LoopBlocks.Write(Phase.Batch, LoopKind.Training, writer, context);
    }

    /// <summary>The book-keeping of a batch.</summary>
    public static void WriteRecord(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        writer.Comment("Add to the totals on the device, without waiting for it.");
        LoopBlocks.Write(Phase.Record, LoopKind.Training, writer, context);
        writer.Blank();
        string[] figures = [names["meanLoss"], .. names.Metrics];
        writer.List($"{names["run"]}.EndBatch(", figures, ");");
    }

    private static void WriteEpochEnd(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        LoopBlocks.Write(Phase.EpochComplete, LoopKind.Training, writer, context);
        ValidationLines.Write(writer, context);
        writer.Blank();

        writer.Line($"var {names["log"]} = new {context.LogType}(");
        using (writer.Indented())
        {
            string[] members = ["Loss", .. context.Spec.Metrics.Select(metric => metric.Member)];
            string[] locals = [names["meanLoss"], .. names.Metrics];
            string[] training =
            [
                names["epoch"],
                .. members.Zip(locals, (member, local) => $"{member}: {local}.Compute()"),
                .. LoopBlocks.Figures(context).Select(figure => $"{figure.Member}: {figure.Expression}"),
            ];
            writer.List(string.Empty, training, ",");
            writer.List(string.Empty, members.Select(member => $"Val{member}: {names["scores"]}{(context.Spec.NeedsValidation ? string.Empty : "?")}.{member}").ToArray(), ");");
        }

        LoopBlocks.Write(Phase.Decisions, LoopKind.Training, writer, context);
        writer.Blank();
        writer.Line($"{names["history"]}.Add({names["log"]});");
        LoopBlocks.Write(Phase.Save, LoopKind.Training, writer, context);
        writer.Line($"{names["run"]}.EndEpoch({names["log"]});");
        LoopBlocks.Write(Phase.EpochEnd, LoopKind.Training, writer, context);
    }

    private static void WriteEnd(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        LoopBlocks.Write(Phase.EpochsEnd, LoopKind.Training, writer, context);
        writer.Blank();
        LoopBlocks.Write(Phase.End, LoopKind.Training, writer, context);
        writer.Line("this.eval();");
        if (context.Calls(Hooks.OnTrainEnd))
        {
            var history = names["history"];
            writer.Blank();
            writer.Comment("A wish to stop that came when every epoch was made stopped nothing.");
            writer.Line($"{history}.StopReason = {history}.Count < {names["epochs"]} ? {names["run"]}.StopReason : null;");
            LoopBlocks.Write(Phase.TrainEnd, LoopKind.Training, writer, context);
        }

        writer.Line($"return {names["run"]}.End({names["history"]});");
    }
}
