using LoopGen.Generators.Explaining;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>The end at a loss or gradient that is not finite: noted in every step, read now and then, and before anything is kept.</summary>
internal sealed class FiniteCheckBlock : IExplainedBlock
{
    public void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        if (kind != LoopKind.Training || !context.Spec.StopsOnNaN)
        {
            return;
        }

        var names = context.Names;
        var check = names["finiteCheck"];
        string[] tensors = [.. names.Tensors, names["output"]];
        switch (phase)
        {
            case Phase.TrainBegin:
                writer.Blank();
                writer.Comment("Ends the training with an error that names the first value that is NaN or infinite, and its batch.");
                List<string> arguments =
                [
                    "this",
                    names["run"],
                    $"[{string.Join(", ", tensors.Select(tensor => Literal.Of(tensor.TrimStart('@'))))}]",
                    context.StepOrigin,
                ];

                // A window's loss is a sum, which over nothing is 0.
                if (context.Spec.Losses[0].IgnoreIndex is not null && !context.HasWindows)
                {
                    arguments.Add("ignoresTargets: true");
                }

                writer.List($"using var {check} = new {context.Type("FiniteCheck")}(", arguments, ");");
                break;

            case Phase.AfterBackward:
                writer.Blank();
                writer.Comment("Note on the device what is finite; the notes are read at most ten times a second, so an error may come some steps late.");
                writer.List($"{check}.Update(", [context.Step, names["loss"], .. tensors], ");");
                break;

            case Phase.BatchesEnd:
                writer.Blank();
                writer.Comment("Read the rest of the notes and look at the weights: what is not finite is neither evaluated nor kept.");
                writer.Line($"{check}.ThrowIfAny();");
                break;
        }
    }

    public void Explain(Explanation page, LoopContext context)
    {
        if (!context.Spec.StopsOnNaN)
        {
            return;
        }

        page.At(Phase.TrainBegin, "The check of values notes which are finite from here on.");
        page.At(Phase.AfterBackward, "It is noted on the device whether the batch, the output, the loss and the gradients are finite; the notes are read at most ten times a second.");
        page.At(Phase.BatchesEnd, "The rest of the notes is read, and the weights are looked at: if anything is not finite, training ends with an error before anything is evaluated or kept.");
        page.WaitsFor("The check of values reads its notes at most ten times a second, and at the end of the batches of an epoch.");
        page.Attribute("StopOnNaN", "an error at the first value that is not finite, with its name and its batch.");
    }
}
