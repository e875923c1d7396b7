using LoopGen.Generators.Explaining;
using LoopGen.Generators.Rules;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>The state of the training: what it is made of, its return at the top, and where it is saved.</summary>
internal sealed class CheckpointBlock : IExplainedBlock
{
    public void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        if (kind != LoopKind.Training || context.Spec.Checkpoint is not { } checkpoint)
        {
            return;
        }

        var names = context.Names;
        switch (phase)
        {
            case Phase.Resume:
                WriteSetUp(checkpoint, writer, context);
                break;

            case Phase.StepBegin:
                writer.Comment("What is random in a step depends on the seed and the step alone, so that a resumed training repeats it.");
                writer.Line($"{context.Type("Randomness")}.Seed({names["progress"]}.StepSeed);");
                writer.Blank();
                break;

            case Phase.Record when !context.HasWindows:
            case Phase.UpdateEnd when context.HasWindows:
                writer.Line($"{names["progress"]}.EndStep();");
                break;

            case Phase.StepEnd when checkpoint.EverySteps is not null || checkpoint.EveryMinutes is not null:
                writer.Blank();
                WriteSaveInEpoch(checkpoint, writer, context);
                break;

            case Phase.EpochsEnd when checkpoint.EveryEpochs > 1:
                writer.Blank();
                writer.Comment("Whoever asked to stop at the end of an epoch loses nothing of it.");
                using (writer.Block($"if (!{names["checkpoints"]}.IsUpToDate)"))
                {
                    writer.Line($"{names["checkpoints"]}.SaveLast();");
                }

                break;

            case Phase.Interrupted:
                writer.Line($"{names["checkpoints"]}.SaveLast();");
                break;

            case Phase.Decisions when checkpoint.Best is { } best:
                writer.Blank();
                WriteBest(best, writer, context);
                break;

            case Phase.Save:
                writer.Line($"{names["progress"]}.EndEpoch();");
                WriteSave(checkpoint, writer, context);
                break;
        }
    }

    public void Explain(Explanation page, LoopContext context)
    {
        if (context.Spec.Checkpoint is not { } checkpoint)
        {
            return;
        }

        page.At(Phase.Resume, "The folder of the checkpoints is taken, and if asked the whole state comes back: from the newest whole file, or the one that is named. One of another training is refused with all that differs.");
        if (context.Spec.EarlyStopping is not null)
        {
            page.At(Phase.Resume, "A training that early stopping had ended stays ended.");
        }

        page.At(Phase.Resume, "Ctrl-C and SIGTERM from now on stop as a cancellation does; the handlers are gone when Fit returns.");
        page.At(Phase.StepBegin, "torch's generator is seeded by the seed and the number of the step.");
        page.At(context.HasWindows ? Phase.UpdateEnd : Phase.Record, "The step is complete: a training that is resumed goes on after it.");
        if (checkpoint.EverySteps is not null || checkpoint.EveryMinutes is not null)
        {
            page.At(Phase.StepEnd, $"The state is saved {WhenDue(checkpoint)}.");
        }

        page.At(Phase.Interrupted, "Of such an epoch the state is saved, as it is at that place.");
        if (checkpoint.Best is { } best)
        {
            page.At(Phase.Decisions, $"If {best.Figure} is {(best.Count == 1 ? "the best so far" : $"among the {Literal.Of(best.Count)} best so far")}, the {(context.Spec.Average is null ? string.Empty : "averaged ")}weights are saved as a file of their own.");
        }

        page.At(Phase.Save, checkpoint.EveryEpochs == 1
            ? "The state is saved."
            : $"The state is saved, after every {Literal.Of(checkpoint.EveryEpochs)} epochs and after the last one.");
        if (checkpoint.EveryEpochs > 1)
        {
            page.At(Phase.EpochsEnd, "The state is saved if something has happened since the last time.");
        }

        page.WaitsFor("Saving reads the whole state.");
        page.Saves($"The state, as last-*.safetensors in {Literal.Of(checkpoint.Folder)} or the folder that Fit is given; the last {Literal.Of(checkpoint.KeepLast)} are kept.");
        page.Saves($"It holds {Phrase.All([.. Parts(context).Select(part => part.Name.Replace('_', ' ')), "the totals of the running epoch", "the history", "the order of the batches", "the place (epoch, step, batch)", "the seed"])}.");
        if (checkpoint.Best is { } files)
        {
            page.Saves($"The best weights by {files.Figure}, as {string.Concat(files.FileName.Select(part => part.ToString()))}.safetensors; the best {(files.Count == 1 ? "one is" : $"{Literal.Of(files.Count)} are")} kept.");
        }

        if (checkpoint.SavesOnException)
        {
            page.Saves("After an exception the state as it was left, as failed-*.safetensors.");
        }

        page.Attribute("Checkpoint", "saves the state of the training, puts it back on resume, and seeds each step.");
    }

    private static string WhenDue(CheckpointSpec checkpoint)
        => Phrase.Either(
        [
            .. checkpoint.EverySteps is { } steps ? new[] { steps == 1 ? "after each update" : $"after every {Literal.Of(steps)} updates" } : [],
            .. checkpoint.EveryMinutes is { } minutes ? new[] { $"{(minutes == 1 ? "a minute" : $"{Literal.Plain(minutes)} minutes")} after the last time" } : [],
        ]);

    /// <summary>The types that the lines of a block name.</summary>
    public static string[] UsedTypes(CheckpointSpec checkpoint)
    {
        List<string> types = ["Checkpoints", "Randomness", "Resume", "StopSignals", "TrainingProgress"];
        if (checkpoint.EveryMinutes is not null)
        {
            types.Add("TimeSpan");
        }

        if (checkpoint.SavesOnException)
        {
            types.Add("Exception");
        }

        if (checkpoint.Best?.FileName.Any(part => part.Placeholder is not null) == true)
        {
            types.Add("FormattableString");
        }

        return [.. types];
    }

    private static void WriteSetUp(CheckpointSpec checkpoint, LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        writer.Line($"var {names["progress"]} = new {context.Type("TrainingProgress")}({names["run"]}, {names["seed"]});");
        writer.Blank();
        writer.Comment("What a checkpoint must match to be resumed.");
        writer.Text($"var {names["settings"]} =", AskedFor.Settings(context), ";");
        writer.Blank();
        writer.Comment("The state of the training: what checkpoints hold, and what comes back where one is resumed.");
        writer.List($"using var {names["checkpoints"]} = new {context.Type("Checkpoints")}(", Arguments(checkpoint, context), ");");
        foreach (var (name, local) in Parts(context))
        {
            writer.Line($"{names["checkpoints"]}.Track({Literal.Of(name)}, {local});");
        }

        string[] totals = [names["meanLoss"], .. names.Metrics, .. context.Spec.Clip is { LogsNorm: true } ? (string[])[names["gradientNorm"]] : []];
        writer.List($"{names["checkpoints"]}.TrackTotals(", totals, ");");
        writer.Line($"{names["checkpoints"]}.Track(\"history\", {names["history"]}, {context.LogType}.Read);");
        writer.Line($"{names["checkpoints"]}.Track(\"batches\", {names["trainBatches"]});");
        writer.Line($"{names["checkpoints"]}.Track(\"progress\", {names["progress"]});");
        writer.Blank();
        writer.Comment("Go on from a checkpoint, or set those of an earlier training aside.");
        writer.Line($"{names["checkpoints"]}.Begin({names["resume"]});");
        writer.Blank();
        if (context.Spec.EarlyStopping is not null)
        {
            writer.Comment("A training that early stopping had ended stays ended.");
            using (writer.Block($"if ({names["earlyStopping"]}.IsExhausted)"))
            {
                writer.Line($"{names["run"]}.Stop({names["earlyStopping"]}.Reason);");
            }

            writer.Blank();
        }

        writer.Comment("Ctrl-C and SIGTERM stop as a cancellation does: the step is finished, the state is saved.");
        writer.Line($"using var {names["signals"]} = {context.Type("StopSignals")}.Handle({names["run"]});");
    }

    private static IReadOnlyList<string> Arguments(CheckpointSpec checkpoint, LoopContext context)
    {
        List<string> arguments =
        [
            context.Names["run"],
            context.Names["checkpointFolder"],
            context.Names["settings"],
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

    // Whatever of the loop outlives a step; frozen parameters, hooks and settings do not change.
    private static IEnumerable<(string Name, string Local)> Parts(LoopContext context)
    {
        var names = context.Names;
        yield return ("model", "this");
        yield return ("optimizer", names["optimizer"]);
        if (context.Spec.Schedule is { TypeName: not null })
        {
            yield return ("schedule", names["schedule"]);
        }

        if (context.Spec.Average is not null)
        {
            yield return ("averaged_weights", names["averagedWeights"]);
        }

        if (context.Spec.EarlyStopping is { } rule)
        {
            yield return ("early_stopping", names["earlyStopping"]);
            if (rule.RestoresBest)
            {
                yield return ("best_weights", names["bestWeights"]);
            }
        }
    }

    private static void WriteSaveInEpoch(CheckpointSpec checkpoint, LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        List<string> conditions = [];
        List<string> words = [];
        if (checkpoint.EverySteps is { } steps)
        {
            conditions.Add($"{names["progress"]}.Step % {Literal.Of(steps)} == 0");
            words.Add(steps == 1 ? "every update" : $"every {Literal.Of(steps)} updates");
        }

        if (checkpoint.EveryMinutes is { } minutes)
        {
            conditions.Add($"{names["checkpoints"]}.SinceLastSave >= {context.Type("TimeSpan")}.FromMinutes({Literal.Of(minutes)})");
            words.Add(minutes == 1 ? "every minute" : $"every {Literal.Plain(minutes)} minutes");
        }

        writer.Comment($"Save the state {string.Join(" and ", words)}, in the middle of the epoch too.");
        using (writer.Block($"if ({string.Join(" || ", conditions)})"))
        {
            if (context.Spec.StopsOnNaN)
            {
                writer.Line($"{names["finiteCheck"]}.ThrowIfAny();");
            }

            writer.Line($"{names["checkpoints"]}.SaveLast();");
        }
    }

    private static void WriteBest(BestFilesSpec best, LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        var figure = context.Watched(best.Monitor);
        writer.Comment(best.Count == 1
            ? $"The best {best.Figure} so far: save these weights as a file of their own."
            : $"Among the {Literal.Of(best.Count)} best by {best.Figure}: save these weights as a file of their own.");
        using (writer.Block($"if ({names["checkpoints"]}.IsAmongBest({figure}))"))
        {
            string[] arguments = ["this", figure, WriteFileName(best, writer, context)];
            if (context.Spec.Average is null)
            {
                writer.List($"{names["checkpoints"]}.SaveBest(", arguments, ");");
                return;
            }

            using (writer.Block($"using ({names["averagedWeights"]}.SwapIn())"))
            {
                writer.List($"{names["checkpoints"]}.SaveBest(", arguments, ");");
            }
        }
    }

    // A name of one text is an argument; one of figures is put together first.
    private static string WriteFileName(BestFilesSpec best, LoopWriter writer, LoopContext context)
    {
        if (best.FileName.All(part => part.Placeholder is null))
        {
            return Literal.Of(string.Concat(best.FileName.Select(part => part.Text)));
        }

        var text = best.FileName.Select(part => part.Placeholder is { } name
            ? $"{{{Value(name, context)}{(part.Format.Length == 0 ? string.Empty : $":{part.Format}")}}}"
            : Literal.Of(part.Text!).Trim('"').Replace("{", "{{").Replace("}", "}}"));
        var name = context.Names["fileName"];
        writer.List($"var {name} = {context.Type("FormattableString")}.Invariant(", [$"$\"{string.Concat(text)}\""], ");");
        return name;
    }

    private static string Value(string placeholder, LoopContext context) => placeholder switch
    {
        FileNameTemplate.Epoch => context.Names["epoch"],
        FileNameTemplate.Step => context.Step,
        _ => $"{context.Names["log"]}.{MonitorRules.Resolve(placeholder, context.Spec.Metrics)!.LogMember}",
    };

    private static void WriteSave(CheckpointSpec checkpoint, LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        if (checkpoint.EveryEpochs == 1)
        {
            writer.Line($"{names["checkpoints"]}.SaveLast();");
            return;
        }

        writer.Blank();
        writer.Comment($"Save the state every {Literal.Of(checkpoint.EveryEpochs)} epochs, and after the last one.");
        using (writer.Block(
            $"if ({names["epoch"]} % {Literal.Of(checkpoint.EveryEpochs)} == 0 || {names["epoch"]} == {names["epochs"]} || {names["run"]}.IsStopped)"))
        {
            writer.Line($"{names["checkpoints"]}.SaveLast();");
        }

        writer.Blank();
    }
}
