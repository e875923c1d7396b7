using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission;

/// <summary>The overloads of <c>Fit</c> for other sources of data. They make batches and call the one loop there is.</summary>
internal static class FitOverloadsEmitter
{
    public static void Write(LoopWriter writer, LoopContext context)
    {
        if (!context.Owns(LoopMember.FitTensors))
        {
            writer.Blank();
            WriteTensors(writer, context);
        }

        if (!context.Owns(LoopMember.FitDataLoader))
        {
            writer.Blank();
            var weights = context.Spec.HasSampleWeights ? ", for weights also <c>sample_weight</c>" : string.Empty;
            WriteLoader(writer, context, "DataLoader", $"Its keys: {Wording.BatchMembers(context)}, or <c>data</c> and <c>label</c>{weights}.");
        }

        if (!context.Owns(LoopMember.FitIterableDataLoader))
        {
            writer.Blank();
            WriteLoader(writer, context, "IterableDataLoader", $"Its lists: {Wording.BatchMembers(context)}.");
        }

        if (context.Spec.Checkpoint is not null && !context.Owns(LoopMember.ReplayStep))
        {
            writer.Blank();
            WriteReplay(writer, context);
        }
    }

    private static void WriteTensors(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        var split = $"<paramref name=\"{FitSignature.Bare(names["validationSplit"])}\"/>";
        writer.Doc(
            "summary",
            $"Trains on whole tensors, gathered into batches on their device. Without <paramref name=\"{FitSignature.Bare(names["validation"])}\"/> the last "
            + $"{split} of the samples is held out, as in Keras.");
        FitSignature.WriteInheritance(writer, context, LoopMember.FitBatches, FitSignature.Types(context));
        CommonLines.WriteOverload(
            writer,
            context,
            $"{context.Type("History")}<{context.LogType}>",
            "Fit",
            [
                .. names.Tensors.Select(tensor => $"{context.Tensor} {tensor}"),
                $"int {names["epochs"]} = 1",
                $"int {names["batchSize"]} = 32",
                $"{context.BatchType}? {names["validation"]} = null",
                $"double {names["validationSplit"]} = 0.0",
                $"bool {names["shuffle"]} = true",
                .. FitSignature.CommonParameters(context),
            ]);

        using (writer.Block(string.Empty))
        {
            var batches = context.Type("Batches");
            writer.Comment("Without validation data the last samples are held out, before any shuffling.");
            writer.List(
                $"var {names["samples"]} = {batches}.FromTensors(",
                [.. names.Tensors, names["batchSize"], names["shuffle"], names["seed"]],
                ");");
            writer.Line(
                $"var ({names["trainBatches"]}, {names["heldOutBatches"]}) = "
                + $"{names["samples"]}.Split({names["validation"]} is null ? {names["validationSplit"]} : 0.0);");
            writer.Conditional(
                $"var {names["validationBatches"]} = {names["validation"]} is ({string.Join(", ", names.ValidationTensors.Select(tensor => "var " + tensor))})",
                $"{batches}.FromTensors({string.Join(", ", names.ValidationTensors)}, {names["batchSize"]}, shuffle: false)",
                names["heldOutBatches"]);
            writer.Blank();
            writer.Blank();
            WriteCall(writer, context, names["trainBatches"], names["validationBatches"]);
        }
    }

    private static void WriteLoader(LoopWriter writer, LoopContext context, string loaderType, string batches)
    {
        var names = context.Names;
        var type = context.Type(loaderType);

        writer.Doc("summary", $"Trains on a TorchSharp <c>{loaderType}</c>. {batches}");

        CommonLines.WriteOverload(
            writer,
            context,
            $"{context.Type("History")}<{context.LogType}>",
            "Fit",
            [
                $"{type} {names["trainLoader"]}",
                $"int {names["epochs"]} = 1",
                $"{type}? {names["validationLoader"]} = null",
                .. FitSignature.CommonParameters(context),
            ]);

        using (writer.Block(string.Empty))
        {
            var validation = LoaderLines.Convert(context, loaderType, names["validationLoader"]);
            writer.Line($"var {names["trainBatches"]} = {LoaderLines.Convert(context, loaderType, names["trainLoader"])};");
            writer.Conditional($"var {names["validationBatches"]} = {names["validationLoader"]} is null", "null", validation);
            writer.Blank();
            WriteCall(writer, context, names["trainBatches"], names["validationBatches"]);
        }
    }

    private static void WriteReplay(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        writer.Doc(
            "summary",
            "Makes one step of a training again, as it was: a debugger that is attached stops before it, and what failed fails again. "
            + "The steps from the checkpoint up to it are made, too; nothing is saved.");
        FitSignature.Param(writer, names["checkpoint"], "A checkpoint that was saved before the step.");
        FitSignature.Param(writer, names["step"], "The step, from 0: the number of updates that were made before it.");
        FitSignature.Param(writer, names["trainBatches"], "The batches of the training.");
        FitSignature.Param(writer, names["epochs"], "The number of epochs that the training was to have.");
        FitSignature.Param(writer, names["validationBatches"], "The validation data of the training.");
        FitSignature.Param(writer, names["device"], $"Where to train; {Wording.DefaultDevice}.");
        FitSignature.Param(writer, names["learningRate"], "The learning rate of the training.");
        CommonLines.WriteOverload(
            writer,
            context,
            "void",
            "ReplayStep",
            [
                $"string {names["checkpoint"]}",
                $"long {names["step"]}",
                $"{context.Type("IEnumerable")}<{context.BatchType}> {names["trainBatches"]}",
                $"int {names["epochs"]}",
                $"{context.Type("IEnumerable")}<{context.BatchType}>{(context.Spec.NeedsValidation ? $" {names["validationBatches"]}" : $"? {names["validationBatches"]} = null")}",
                $"{context.Device}? {names["device"]} = null",
                $"double {names["learningRate"]} = {context.Spec.Optimizer.LearningRate.Literal}",
            ]);

        using (writer.Block(string.Empty))
        {
            writer.List(
                "this.Fit(",
                [
                    names["trainBatches"],
                    names["epochs"],
                    names["validationBatches"],
                    names["device"],
                    names["learningRate"],
                    $"{names["resume"]}: {context.Type("Resume")}.Replay({names["checkpoint"]}, {names["step"]})",
                    $"{names["verbose"]}: {context.Type("Verbosity")}.Silent",
                ],
                ");");
        }
    }

    private static void WriteCall(LoopWriter writer, LoopContext context, string trainBatches, string validationBatches)
    {
        var names = context.Names;
        var arguments = context.ArgumentsFor(
            LoopMember.FitBatches,
            [
                (names["trainBatches"], trainBatches),
                (names["epochs"], names["epochs"]),
                (names["validationBatches"], validationBatches),
                .. FitSignature.CommonArguments(context),
            ]);
        writer.List("return this.Fit(", arguments, ");");
    }
}
