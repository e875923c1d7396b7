using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features.Checkpoints;

/// <summary><c>ReplayStep</c>: one step of a training again. What a Fit of the class's own has dropped, it lacks too.</summary>
internal static class ReplayText
{
    public static void Write(Lines lines)
    {
        var context = lines.Context;
        var parameters = Parameters(context);
        string[] signature = [.. parameters.Select(parameter => parameter.Text)];
        lines.Add($$"""

            /// <summary>Makes one step of a training again, as it was: a debugger that is attached stops before it, and what failed fails again. The steps from the checkpoint up to it are made, too; nothing is saved.</summary>
            {{() => WriteDocumentation(lines, parameters)}}
            {{() => Signature.WriteOverload(lines, "void", "ReplayStep", signature)}}
            {
                this.Fit({{Arguments(context, parameters)}});
            }
            """);
    }

    private static (string Name, string Text, string Documentation)[] Parameters(LoopContext context)
    {
        var batches = context.Text($"@IEnumerable<{context.BatchType}>");
        var validation = context.NeedsValidation ? context.Text($"{batches} @validationBatches") : context.Text($"{batches}? @validationBatches = null");
        (string Name, string Text, string Documentation)[] training =
        [
            (context.Text($"@epochs"), context.Text($"int @epochs"), "The number of epochs that the training was to have."),
            (context.Text($"@validationBatches"), validation, "The validation data of the training."),
            (context.Text($"@device"), context.Text($"{context.Device}? @device = null"), $"Where to train; {Wording.DefaultDevice}."),
            (context.Text($"@learningRate"), context.Text($"double @learningRate = {context.Spec.Optimizer.LearningRate.Literal}"), "The learning rate of the training."),
        ];
        return
        [
            (context.Text($"@checkpoint"), context.Text($"string @checkpoint"), "A checkpoint that was saved before the step."),
            (context.Names.Step, $"long {context.Names.Step}", "The step, from 0: the number of updates that were made before it."),
            (context.Text($"@trainBatches"), context.Text($"{batches} @trainBatches"), "The batches of the training."),
            .. training.Where(parameter => context.Has(LoopMember.FitBatches, parameter.Name)),
        ];
    }

    private static IReadOnlyList<string> Arguments(LoopContext context, (string Name, string Text, string Documentation)[] parameters)
    {
        // The checkpoint and the step come first, and become the replay.
        string[] training = [.. parameters.Skip(2).Select(parameter => parameter.Name)];
        var replay = context.Text($"@Resume.Replay(@checkpoint, {context.Names.Step})");
        var silent = context.Text($"@Verbosity.Silent");
        return context.Owns(LoopMember.FitBatches)
            ? context.ArgumentsFor(
                LoopMember.FitBatches,
                [.. training.Select(name => (name, name)), (context.Text($"@resume"), replay), (context.Text($"@verbose"), silent)])
            : [.. training, context.Text($"@resume: {replay}"), context.Text($"@verbose: {silent}")];
    }

    private static void WriteDocumentation(Lines lines, (string Name, string Text, string Documentation)[] parameters)
    {
        foreach (var (name, _, documentation) in parameters)
        {
            lines.Add($$"""/// <param name="{{new DocName(name)}}">{{documentation}}</param>""");
        }
    }
}
