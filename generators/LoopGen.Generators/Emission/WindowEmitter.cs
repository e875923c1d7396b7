using LoopGen.Generators.Emission.Blocks;

namespace LoopGen.Generators.Emission;

/// <summary>The batches of an epoch in windows: gradients add up over a window, then the weights are updated once.</summary>
internal static class WindowEmitter
{
    public static void Write(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        var size = Literal.Of(context.Spec.AccumulateSteps!.Value);
        writer.Comment($"The weights are updated once for every {size} batches; the last window of an epoch may be shorter.");
        writer.Comment("Windows frees what the source made for a batch when the next is asked for; an empty source throws.");
        using (writer.Block($"foreach (var {names["window"]} in {context.Type("Batches")}.Windows({names["trainBatches"]}, size: {size}{FitEmitter.Place(context)}))"))
        {
            FitEmitter.WriteStop(writer, context);
            LoopBlocks.Write(Phase.StepBegin, LoopKind.Training, writer, context);
            writer.Comment("Frees what is made for the window when it ends.");
            writer.Line($"using var {names["windowScope"]} = {context.Torch}.NewDisposeScope();");
            writer.Blank();

            StepEmitter.WriteClear(writer, context, LoopKind.Training);
            LoopBlocks.Write(Phase.WindowBegin, LoopKind.Training, writer, context);
            writer.Blank();

            WriteBatches(writer, context);
            writer.Blank();

            writer.Comment($"The sums become the {(context.Spec.Losses[0].DividesByWeights ? "weighted mean" : "mean")} over the window's targets.");
            writer.Line($"{context.Type("Gradients")}.Divide(this, {LossBlock.WindowCount(context)});");
            LoopBlocks.Write(Phase.Gradients, LoopKind.Training, writer, context);
            writer.Blank();
            StepEmitter.WriteUpdate(writer, context, LoopKind.Training);
            LoopBlocks.Write(Phase.StepEnd, LoopKind.Training, writer, context);
        }
    }

    private static void WriteBatches(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        using (writer.Block($"foreach (var ({string.Join(", ", context.Names.HostTensors)}) in {names["window"]})"))
        {
            writer.Comment("Frees every tensor made below when the batch ends.");
            writer.Line($"using var {names["stepScope"]} = {context.Torch}.NewDisposeScope();");
            writer.Blank();
            FitEmitter.WriteBatch(writer, context);
            writer.Blank();
            StepEmitter.WriteForwardToBackward(writer, context, LoopKind.Training, "4. Backward pass: the gradients add up over the window.");
            writer.Blank();
            FitEmitter.WriteRecord(writer, context);
        }
    }
}
