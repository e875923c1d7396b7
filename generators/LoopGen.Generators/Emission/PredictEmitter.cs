using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission;

/// <summary><c>X.Predict.g.cs</c>: forward passes only, joined in order.</summary>
internal static class PredictEmitter
{
    private static readonly string[] UsedTypes = ["Batches", "CancellationToken", "GeneratedCode", "IEnumerable", "List", "torch"];

    public static LoopWriter Write(LoopContext context)
    {
        var name = context.Spec.Type.Name;
        var header = new FileHeader([$"{FileHeader.Wrote} this prediction loop for {name}."], null, FileHeader.OnceDeclared(name, "a Predict"));

        return FileFrame.Write(context, header, UsedTypes, writer =>
        {
            if (!context.Owns(LoopMember.PredictBatches))
            {
                WriteBatches(writer, context);
            }

            if (!context.Owns(LoopMember.PredictTensors))
            {
                writer.Blank();
                WriteTensor(writer, context);
            }

            if (!context.Owns(LoopMember.PredictEach))
            {
                writer.Blank();
                WriteEach(writer, context);
            }
        });
    }

    private static void WriteBatches(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        var input = names.Inputs[0];
        var host = names.HostInputs[0];

        writer.Doc(
            "summary",
            "Computes the outputs in evaluation mode, without gradients.");
        FitSignature.Param(writer, names["batches"], $"Batches of <c>{FitSignature.Bare(names.TupleInputs[0])}</c>.");
        WriteCommonDocumentation(writer, context);
        CommonLines.WriteSignature(
            writer,
            context,
            context.Tensor,
            "Predict",
            [$"{context.Type("IEnumerable")}<{context.Tensor}> {names["batches"]}", .. EvaluateEmitter.CommonParameters(context)]);

        using (writer.Block(string.Empty))
        {
            CommonLines.WriteDevice(writer, context);
            writer.Blank();
            writer.Line($"var {names["outputs"]} = new {context.Type("List")}<{context.Tensor}>();");
            writer.Blank();
            ModeLines.WriteEvaluation(
                writer,
                context,
                () =>
                {
                    using (writer.Block($"foreach (var {host} in {context.Type("Batches")}.Checked({names["batches"]}))"))
                    {
                        writer.Line($"{names["cancellationToken"]}.ThrowIfCancellationRequested();");
                        writer.Blank();
                        writer.Comment("Frees every tensor made below when the batch ends.");
                        writer.Line($"using var {names["stepScope"]} = {context.Torch}.NewDisposeScope();");
                        writer.Blank();
                        CommonLines.WriteMove(writer, context, [(host, input)]);
                        writer.Line($"var {names["output"]} = this.call({input});");
                        writer.Blank();
                        writer.Comment("Keep the output beyond its batch, on the CPU.");
                        writer.Line($"{names["outputs"]}.Add({names["output"]}.cpu().DetachFromDisposeScope());");
                    }

                    writer.Blank();
                    writer.Line($"return {context.Torch}.cat({names["outputs"]});");
                },
                writeCleanUp: () =>
                {
                    using (writer.Block($"foreach (var {names["output"]} in {names["outputs"]})"))
                    {
                        writer.Line($"{names["output"]}.Dispose();");
                    }

                    writer.Blank();
                });
        }
    }

    private static void WriteTensor(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        var input = names.Inputs[0];
        writer.Doc("summary", "Computes the outputs for a whole tensor.");
        WriteInheritance(writer, context, LoopMember.PredictBatches);
        CommonLines.WriteOverload(
            writer,
            context,
            context.Tensor,
            "Predict",
            [$"{context.Tensor} {input}", $"int {names["batchSize"]} = 32", .. EvaluateEmitter.CommonParameters(context)]);

        using (writer.Block(string.Empty))
        {
            var arguments = context.ArgumentsFor(
                LoopMember.PredictBatches,
                [
                    (names["batches"], names["batches"]),
                    (names["device"], names["device"]),
                    (names["cancellationToken"], names["cancellationToken"]),
                ]);
            writer.Line($"var {names["batches"]} = {context.Type("Batches")}.FromTensor({input}, {names["batchSize"]});");
            writer.Line($"return this.Predict({string.Join(", ", arguments)});");
        }
    }

    // The modes are put back before each yield: what happens between two batches is the caller's.
    private static void WriteEach(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        var input = names.Inputs[0];
        var host = names.HostInputs[0];

        writer.Doc(
            "summary",
            "Computes the outputs batch by batch, each on the device when it is asked for: for more data than memory.");
        WriteInheritance(writer, context, LoopMember.PredictBatches);
        CommonLines.WriteOverload(
            writer,
            context,
            $"{context.Type("IEnumerable")}<{context.Tensor}>",
            "PredictEach",
            [$"{context.Type("IEnumerable")}<{context.Tensor}> {names["batches"]}", .. EvaluateEmitter.CommonParameters(context)]);

        using (writer.Block(string.Empty))
        {
            CommonLines.WriteDevice(writer, context);
            writer.Blank();
            using (writer.Block($"foreach (var {host} in {context.Type("Batches")}.Checked({names["batches"]}))"))
            {
                writer.Line($"{names["cancellationToken"]}.ThrowIfCancellationRequested();");
                writer.Line($"{context.Tensor} {names["output"]};");
                writer.Blank();
                ModeLines.WriteEvaluation(writer, context, () =>
                {
                    writer.Comment("Frees every tensor made below when the batch ends, but for the output.");
                    writer.Line($"using var {names["stepScope"]} = {context.Torch}.NewDisposeScope();");
                    CommonLines.WriteMove(writer, context, [(host, input)]);
                    writer.Line($"{names["output"]} = this.call({input}).MoveToOuterDisposeScope();");
                });
                writer.Blank();
                writer.Line($"yield return {names["output"]};");
            }
        }
    }

    private static void WriteCommonDocumentation(LoopWriter writer, LoopContext context)
    {
        FitSignature.Param(writer, context.Names["device"], $"Where to compute; {Wording.DefaultDevice}.");
        FitSignature.Param(writer, context.Names["cancellationToken"], "Ends the prediction with an <c>OperationCanceledException</c>.");
        writer.Doc("returns", "The outputs of all samples in order, on the CPU, in the caller's dispose scope.");
    }

    private static void WriteInheritance(LoopWriter writer, LoopContext context, LoopMember member)
        => FitSignature.WriteInheritance(writer, context, member, $"{context.Type("IEnumerable")}{{{context.Tensor}}}, {context.Device}, {context.Type("CancellationToken")}");
}
