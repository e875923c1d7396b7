using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features.Hooks;

/// <summary>Declarations of the hooks. They are called in training only.</summary>
internal static class HookDeclarations
{
    public static void Write(Lines lines, Hook impossible)
    {
        var context = lines.Context;
        var step = context.Names.Step;
        var members = string.Concat(context.Names.Tensors.Select(name => $", ref {context.Tensor} {name}"));
        Declare(Hook.OnTrainBegin, "Called once all is set up, before the first epoch.", string.Empty);
        Declare(Hook.OnEpochBegin, "Called at the start of each epoch, in training mode; epochs count from 1.", "int epoch");
        Declare(Hook.OnBatch, "Called with each batch on the device; what is assigned is trained on.", $"long {step}{members}");
        Declare(Hook.OnLoss, "Called with the scalar loss before the backward pass; what is assigned is differentiated.", $"long step, ref {context.Tensor} loss");
        Declare(Hook.OnGradients, "Called after the backward pass, before the update.", "long step");
        Declare(Hook.OnStep, "Called after the update; <c>step</c> counts the updates before it.", "long step");
        Declare(Hook.OnEpochEnd, "Called after a complete epoch was evaluated and reported.", $"{context.LogType} log");
        Declare(Hook.OnTrainEnd, "Called at the end of training, in evaluation mode; not after an exception.", context.Text($"@History<{context.LogType}> history"));

        void Declare(Hook hook, string summary, string parameters)
        {
            if ((impossible & hook) == 0)
            {
                lines.Add($$"""

                    /// <summary>{{summary}}</summary>
                    {{() => lines.Writer.Parenthesized($"partial void {hook}({parameters});")}}
                    """);
            }
        }
    }
}
