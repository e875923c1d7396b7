using LoopGen.Generators.Loop;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features.Checkpoints;

/// <summary><c>ReplayStep</c>: one step of a training again.</summary>
internal static class ReplayText
{
    public static void Write(Lines lines)
    {
        var context = lines.Context;
        var batches = context.Text($"@IEnumerable<{context.BatchType}>");
        var step = context.Names.Step;
        string[] parameters =
        [
            context.Text($"string @checkpoint"),
            $"long {step}",
            context.Text($"{batches} @trainBatches"),
            context.Text($"int @epochs"),
            context.NeedsValidation ? context.Text($"{batches} @validationBatches") : context.Text($"{batches}? @validationBatches = null"),
            context.Text($"{context.Device}? @device = null"),
            context.Text($"double @learningRate = {context.Spec.Optimizer.LearningRate.Literal}"),
        ];
        string[] arguments =
        [
            context.Text($"@trainBatches"),
            context.Text($"@epochs"),
            context.Text($"@validationBatches"),
            context.Text($"@device"),
            context.Text($"@learningRate"),
            context.Text($"@resume: @Resume.Replay(@checkpoint, {step})"),
            context.Text($"@verbose: @Verbosity.Silent"),
        ];
        lines.Add($$"""

            /// <summary>Makes one step of a training again, as it was: a debugger that is attached stops before it, and what failed fails again. The steps from the checkpoint up to it are made, too; nothing is saved.</summary>
            /// <param name="@checkpoint">A checkpoint that was saved before the step.</param>
            /// <param name="{{step}}">The step, from 0: the number of updates that were made before it.</param>
            /// <param name="@trainBatches">The batches of the training.</param>
            /// <param name="@epochs">The number of epochs that the training was to have.</param>
            /// <param name="@validationBatches">The validation data of the training.</param>
            /// <param name="@device">Where to train; {{Wording.DefaultDevice}}.</param>
            /// <param name="@learningRate">The learning rate of the training.</param>
            {{() => Signature.WriteOverload(lines, "void", "ReplayStep", parameters)}}
            {
                this.Fit({{arguments}});
            }
            """);
    }
}
