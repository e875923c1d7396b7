using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>The loss, its check of the first batch, and its epoch mean.</summary>
internal sealed class LossBlock : ILoopBlock
{
    public void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        switch (phase)
        {
            case Phase.SetUp:
                WriteSetUp(writer, context);
                break;

            case Phase.Totals:
                writer.Line($"using var {names["meanLoss"]} = new {context.Type("Mean")}({names["device"]}, name: \"loss\");");
                break;

            case Phase.EpochBegin:
                writer.Line($"{names["meanLoss"]}.Reset();");
                break;

            case Phase.Outputs:
                writer.Blank();
                writer.Comment(context.Loss.CheckComment);
                writer.List($"{names["firstBatch"]}.{context.Loss.Check}(", CheckArguments(context), ");");
                break;

            case Phase.Loss:
                writer.Line($"var {names["loss"]} = {names["lossFunction"]}.call({names["output"]}, {names.Target});");
                break;

            case Phase.Record:
                writer.Line($"{names["meanLoss"]}.Update({names["loss"]}, count: {Count(context)});");
                break;
        }
    }

    private static void WriteSetUp(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        var ignoreIndex = context.Spec.Losses[0].IgnoreIndex;
        string[] arguments = ignoreIndex is null ? [] : [$"ignore_index: {ignoreIndex}"];

        writer.List($"using var {names["lossFunction"]} = {context.Torch}.nn.{context.Loss.Factory}(", arguments, ");");

        if (ignoreIndex is not null)
        {
            // Raw numbers given to a tensor operation become Scalars that the finalizer may free too early: it is held.
            writer.Line($"using var {names["ignoreIndex"]} = ({ignoreIndex}L).ToScalar();");
        }

        writer.Line($"var {names["firstBatch"]} = new {context.Type("FirstBatch")}();");
    }

    private static IReadOnlyList<string> CheckArguments(LoopContext context)
    {
        var ignoreIndex = context.Spec.Losses[0].IgnoreIndex;
        return ignoreIndex is null
            ? [context.Names["output"], context.Names.Target]
            : [context.Names["output"], context.Names.Target, $"ignoreIndex: {ignoreIndex}"];
    }

    // What torch's own mean is over: the elements of the target, less those that are ignored.
    private static string Count(LoopContext context)
        => context.Spec.Losses[0].IgnoreIndex is null
            ? $"{context.Names.Target}.numel()"
            : $"{context.Names.Target}.ne({context.Names["ignoreIndex"]}).sum()";
}
