using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>The heart of every loop: forward and loss, and for training the steps around them, numbered as every tutorial does.</summary>
internal static class StepText
{
    /// <summary>Steps 2 to 4 of the training loop.</summary>
    /// <param name="lines">Where they are written.</param>
    /// <param name="backward">What the backward pass computes.</param>
    public static void WriteForwardToBackward(Lines lines, string backward)
    {
        var context = lines.Context;
        lines.Add($$"""
            // 2. Forward pass.
            var @output = this.call({{string.Join(", ", context.Names.Inputs)}});
            {{Place.Outputs}}
            {{() => LossText.WriteCheck(LoopKind.Training, lines)}}

            // 3. Loss: {{context.LossTitle}}{{(context.HasWindows ? ", summed over the targets" : string.Empty)}}.{{Rows(context)}}
            {{() => LossText.Write(LoopKind.Training, lines)}}
            {{Place.AfterLoss}}

            // 4. Backward pass: {{backward}}.
            {{Region.Backward}}
            {{(context.HasWindows ? context.Text($"@windowScale.Apply(@loss, {context.Names.Target}.numel())") : context.Text($"@loss"))}}.backward();
            {{Region.EndOfBackward}}
            {{Place.AfterBackward}}
            """);
    }

    /// <summary>Step 5 of the training loop.</summary>
    public static void WriteUpdate(Lines lines) => lines.Add($$"""
        // 5. Update the weights.
        {{Place.Update}}
        @optimizer.step();
        {{Place.AfterUpdate}}
        {{lines.Context.Progress.HasCounter}}@step++;
        {{Place.UpdateEnd}}
        """);

    /// <summary>All five of a single step.</summary>
    public static void WriteSingle(Lines lines)
    {
        var context = lines.Context;
        lines.Add($$"""
            // 1. Clear the previous step's gradients.
            this.zero_grad();

            // 2. Forward pass.
            var @output = this.call({{string.Join(", ", context.Names.Inputs)}});
            {{() => LossText.WriteCheck(LoopKind.SingleStep, lines)}}

            // 3. Loss: {{context.LossTitle}}.{{Rows(context)}}
            {{() => LossText.Write(LoopKind.SingleStep, lines)}}

            // 4. Backward pass: the gradient of the loss for every parameter{{NotFrozen(context)}}.
            @loss.backward();
            {{Place.SingleGradients}}

            // 5. Update the weights.
            @optimizer.step();
            """);
    }

    /// <summary>What evaluation shares with training.</summary>
    public static void WriteForwardAndLoss(LoopKind kind, Lines lines)
    {
        var context = lines.Context;
        lines.Add($$"""
            // Forward pass.
            var @output = this.call({{string.Join(", ", context.Names.Inputs)}});
            {{() => LossText.WriteCheck(kind, lines)}}

            // Loss: {{context.LossTitle}}.{{Rows(context)}}
            {{() => LossText.Write(kind, lines)}}
            """);
    }

    /// <summary>Which parameters have a gradient, behind "every parameter".</summary>
    public static string NotFrozen(LoopContext context)
        => context.FieldGroups.Any(group => group.Factor is null) ? " that is not frozen" : string.Empty;

    // What the shapes are for; the losses themselves are described once, where their function is made.
    private static string Rows(LoopContext context) => context.HasSampleWeights ? " A row of losses for each weight." : string.Empty;
}
