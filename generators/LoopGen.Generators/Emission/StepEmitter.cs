using LoopGen.Generators.Emission.Blocks;

namespace LoopGen.Generators.Emission;

/// <summary>The heart of every loop: forward and loss, and for training the three steps around them.</summary>
internal static class StepEmitter
{
    /// <summary>Clear the gradients, forward, loss, backward, update; numbered, because every tutorial numbers them so.</summary>
    public static void WriteFiveSteps(LoopWriter writer, LoopContext context, LoopKind kind)
    {
        var names = context.Names;

        writer.Comment("1. Clear the previous step's gradients.");
        writer.Line("this.zero_grad();");
        writer.Blank();

        WriteForward(writer, context, kind, "2. Forward pass.");
        writer.Blank();

        WriteLoss(writer, context, kind, $"3. Loss: {context.Loss.Title}.");
        LoopBlocks.Write(Phase.AfterLoss, kind, writer, context);
        writer.Blank();

        writer.Comment("4. Backward pass: the gradient of the loss for every parameter.");
        writer.Line($"{names["loss"]}.backward();");
        LoopBlocks.Write(Phase.Gradients, kind, writer, context);
        writer.Blank();

        writer.Comment("5. Update the weights.");
        writer.Line($"{names["optimizer"]}.step();");
        LoopBlocks.Write(Phase.AfterUpdate, kind, writer, context);
    }

    /// <summary>What evaluation shares with training.</summary>
    public static void WriteForwardAndLoss(LoopWriter writer, LoopContext context, LoopKind kind)
    {
        WriteForward(writer, context, kind, "Forward pass.");
        writer.Blank();
        WriteLoss(writer, context, kind, $"Loss: {context.Loss.Title}.");
    }

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
