using LoopGen.Generators.Emission.Blocks;

namespace LoopGen.Generators.Emission;

/// <summary>The heart of every loop: forward and loss, and for training the three steps around them.</summary>
internal static class StepEmitter
{
    /// <summary>Clear the gradients, forward, loss, backward, update; numbered, because every tutorial numbers them so.</summary>
    public static void WriteFiveSteps(LoopWriter writer, LoopContext context, LoopKind kind)
    {
        WriteClear(writer, context, kind);
        writer.Blank();
        var frozen = context.Spec.FieldGroups.Any(group => group.Factor is null) ? " that is not frozen" : string.Empty;
        WriteForwardToBackward(writer, context, kind, $"4. Backward pass: the gradient of the loss for every parameter{frozen}.");
        LoopBlocks.Write(Phase.Gradients, kind, writer, context);
        writer.Blank();
        WriteUpdate(writer, context, kind);
    }

    /// <summary>Step 1.</summary>
    public static void WriteClear(LoopWriter writer, LoopContext context, LoopKind kind)
    {
        writer.Comment(kind == LoopKind.Training && context.HasWindows ? "1. Clear the previous window's gradients." : "1. Clear the previous step's gradients.");
        writer.Line("this.zero_grad();");
    }

    /// <summary>Steps 2 to 4.</summary>
    public static void WriteForwardToBackward(LoopWriter writer, LoopContext context, LoopKind kind, string backward)
    {
        WriteForward(writer, context, kind, "2. Forward pass.");
        writer.Blank();

        var title = kind == LoopKind.Training && context.HasWindows ? $"{context.LossTitle}, summed over the targets" : context.LossTitle;
        WriteLoss(writer, context, kind, $"3. Loss: {title}.{Rows(context)}");
        LoopBlocks.Write(Phase.AfterLoss, kind, writer, context);
        writer.Blank();

        writer.Comment(backward);
        AnomalyBlock.WriteBackward(writer, context, kind);
        LoopBlocks.Write(Phase.AfterBackward, kind, writer, context);
    }

    /// <summary>Step 5.</summary>
    public static void WriteUpdate(LoopWriter writer, LoopContext context, LoopKind kind)
    {
        writer.Comment("5. Update the weights.");
        LoopBlocks.Write(Phase.Update, kind, writer, context);
        writer.Line($"{context.Names["optimizer"]}.step();");
        LoopBlocks.Write(Phase.AfterUpdate, kind, writer, context);
        LoopBlocks.Write(Phase.UpdateEnd, kind, writer, context);
    }

    /// <summary>What evaluation shares with training.</summary>
    public static void WriteForwardAndLoss(LoopWriter writer, LoopContext context, LoopKind kind)
    {
        WriteForward(writer, context, kind, "Forward pass.");
        writer.Blank();
        WriteLoss(writer, context, kind, $"Loss: {context.LossTitle}.{Rows(context)}");
    }

    // What the shapes are for; the losses themselves are described once, where their function is made.
    private static string Rows(LoopContext context) => context.Spec.HasSampleWeights ? " A row of losses for each weight." : string.Empty;

    private static void WriteForward(LoopWriter writer, LoopContext context, LoopKind kind, string comment)
    {
        writer.Comment(comment);
        writer.Line($"var {context.Names["output"]} = this.call({string.Join(", ", context.Names.Inputs)});");
        LoopBlocks.Write(Phase.Outputs, kind, writer, context);
    }

    private static void WriteLoss(LoopWriter writer, LoopContext context, LoopKind kind, string comment)
    {
        writer.Comment(comment);
        LoopBlocks.Write(Phase.Loss, kind, writer, context);
    }
}
