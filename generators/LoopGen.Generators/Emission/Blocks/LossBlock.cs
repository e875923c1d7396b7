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
                WriteSetUp(kind, writer, context);
                break;

            case Phase.Totals:
                writer.Line($"using var {names["meanLoss"]} = new {context.Type("Mean")}({names["device"]}, name: \"loss\");");
                break;

            case Phase.EpochBegin:
                writer.Line($"{names["meanLoss"]}.Reset();");
                break;

            case Phase.Outputs:
                WriteCheck(kind, writer, context);
                break;

            case Phase.Loss:
                writer.Line($"var {names["loss"]} = {names["lossFunction"]}.call({names["output"]}, {names.Target});");
                break;

            case Phase.WindowBegin:
                writer.Line($"var {names["targetsInWindow"]} = {(Ignores(context) ? $"{context.Torch}.tensor(0L, device: {names["device"]})" : "0L")};");
                break;

            case Phase.Record when IsSummed(kind, context):
                WriteWindowRecord(writer, context);
                break;

            case Phase.Record:
                writer.Line($"{names["meanLoss"]}.Update({names["loss"]}, count: {Count(context)});");
                break;
        }
    }

    // Means of batches of different sizes do not add up to the mean of all; sums do.
    private static bool IsSummed(LoopKind kind, LoopContext context) => kind == LoopKind.Training && context.HasWindows;

    private static bool Ignores(LoopContext context) => context.Spec.Losses[0].IgnoreIndex is not null;

    private static void WriteWindowRecord(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        if (Ignores(context))
        {
            writer.Line($"var {names["targetsInBatch"]} = {Count(context)};");
            writer.Line($"{names["targetsInWindow"]}.add_({names["targetsInBatch"]});");
            writer.Line($"{names["meanLoss"]}.UpdateSum({names["loss"]}, count: {names["targetsInBatch"]});");
        }
        else
        {
            writer.Line($"{names["targetsInWindow"]} += {Count(context)};");
            writer.Line($"{names["meanLoss"]}.UpdateSum({names["loss"]}, count: {Count(context)});");
        }
    }

    private static bool IsSingle(LoopKind kind) => kind is LoopKind.SingleStep or LoopKind.SingleEvaluation;

    // A method for one batch checks it; a loop checks the first one, because a look at the values waits for the device.
    private static void WriteCheck(LoopKind kind, LoopWriter writer, LoopContext context)
    {
        var checker = IsSingle(kind) ? $"new {context.Type("FirstBatch")}()" : context.Names["firstBatch"];
        writer.Blank();
        writer.Comment(IsSingle(kind) ? context.Loss.CheckQuestion : $"The first batch only: {Lower(context.Loss.CheckQuestion)}");
        writer.List($"{checker}.{context.Loss.Check}(", CheckArguments(context), ");");
    }

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence.Substring(1);

    private static void WriteSetUp(LoopKind kind, LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        var ignoreIndex = context.Spec.Losses[0].IgnoreIndex;
        List<string> arguments = [.. context.Spec.Losses[0].Numbers.Select(number => number.ToString())];
        if (ignoreIndex is { } index)
        {
            arguments.Add($"ignore_index: {Literal.Of(index)}");
        }

        if (IsSummed(kind, context))
        {
            writer.Comment("Summed: unlike means, the sums of batches of any size add up.");
            arguments.Add($"reduction: {context.Torch}.nn.Reduction.Sum");
        }

        writer.List($"using var {names["lossFunction"]} = {context.Torch}.nn.{context.Loss.Factory}(", arguments, ");");

        if (ignoreIndex is { } ignored)
        {
            // A finalizer may free the Scalar of a raw number while the operation still needs it.
            writer.Comment("Made once: a number in the call would become a native Scalar in every batch, freed only by its finalizer.");
            writer.Line($"using var {names["ignoreIndex"]} = ({Literal.OfLong(ignored)}).ToScalar();");
        }

        if (!IsSingle(kind))
        {
            writer.Line($"var {names["firstBatch"]} = new {context.Type("FirstBatch")}();");
        }
    }

    private static IReadOnlyList<string> CheckArguments(LoopContext context)
    {
        var ignoreIndex = context.Spec.Losses[0].IgnoreIndex;
        return ignoreIndex is { } index
            ? [context.Names["output"], context.Names.Target, $"ignoreIndex: {Literal.Of(index)}"]
            : [context.Names["output"], context.Names.Target];
    }

    // What torch's own mean is over: the elements of the target, less those that are ignored.
    private static string Count(LoopContext context)
        => context.Spec.Losses[0].IgnoreIndex is null
            ? $"{context.Names.Target}.numel()"
            : $"{context.Names.Target}.ne({context.Names["ignoreIndex"]}).sum()";
}
