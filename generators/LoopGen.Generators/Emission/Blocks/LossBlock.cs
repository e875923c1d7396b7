using LoopGen.Generators.Explaining;
using static LoopGen.Generators.Emission.Blocks.LossForm;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>The loss, its check of the first batch, and its epoch mean.</summary>
internal sealed class LossBlock : IExplainedBlock
{
    public void Explain(Explanation page, LoopContext context) => LossWords.Explain(page, context);

    public void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        switch (phase)
        {
            case Phase.SetUp:
                LossSetUp.Write(kind, writer, context);
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
                WriteLoss(kind, writer, context);
                break;

            case Phase.WindowBegin:
                writer.Line($"var {WindowCount(context)} = {WindowStart(context)};");
                break;

            case Phase.Record when IsSummed(kind, context):
                WriteWindowRecord(writer, context);
                break;

            case Phase.Record:
                writer.Line($"{names["meanLoss"]}.Update({names["loss"]}, count: {(DividesItself(kind, context) ? InBatch(context) : Count(context))});");
                break;
        }
    }

    /// <summary>The local that the sums of a window are divided by.</summary>
    public static string WindowCount(LoopContext context) => context.Names[DividesByWeights(context) ? "weightsInWindow" : "targetsInWindow"];

    private static void WriteLoss(LoopKind kind, LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        var call = $"{names["lossFunction"]}.call({names["output"]}, {names.Target})";
        if (HasSampleWeights(context))
        {
            WriteWeightedLoss(kind, writer, context, call);
        }
        else if (DividesItself(kind, context))
        {
            WriteCount(writer, context);
            writer.Line($"var {names["loss"]} = {call}.div({InBatch(context)});");
        }
        else
        {
            writer.Line($"var {names["loss"]} = {call}{(Reduction(kind, context) == "None" ? ".mean()" : string.Empty)};");
        }
    }

    // A weight may stand for several losses: those of a sequence, or of the elements of an output.
    private static void WriteWeightedLoss(LoopKind kind, LoopWriter writer, LoopContext context, string call)
    {
        var names = context.Names;
        var weighted = $"var {names["loss"]} = {names["losses"]}.mul({names.Weight}.reshape(-1, 1))";
        if (DividesItself(kind, context))
        {
            WriteCount(writer, context);
        }

        writer.Line($"var {names["losses"]} = {call}.reshape({names.Weight}.numel(), -1);");
        if (!DividesItself(kind, context))
        {
            writer.Line($"{weighted}.{(IsSummed(kind, context) ? "sum" : "mean")}();");
        }
        else if (DividesByWeights(context))
        {
            // By 0 the gradients would be NaN and the model lost. Keras's divide_no_nan, without reading the device.
            writer.Blank();
            writer.Comment("If no target weighs anything, the sum is 0: it is divided by 1 then.");
            writer.Line($"var {names["divisor"]} = {InBatch(context)}.maximum({InBatch(context)}.logical_not());");
            writer.Line($"{weighted}.sum().div_({names["divisor"]});");
        }
        else
        {
            writer.Line($"{weighted}.sum().div({InBatch(context)});");
        }
    }

    private static string WindowStart(LoopContext context)
    {
        var onDevice = $"device: {context.Names["device"]}";
        return DividesByWeights(context) ? $"{context.Torch}.tensor(0.0f, {onDevice})"
            : Ignores(context) ? $"{context.Torch}.tensor(0L, {onDevice})"
            : "0L";
    }

    private static void WriteWindowRecord(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        if (IsCountedOnDevice(context))
        {
            WriteCount(writer, context);
            writer.Line($"{WindowCount(context)}.add_({InBatch(context)}, {names["one"]});");
            writer.Line($"{names["meanLoss"]}.UpdateSum({names["loss"]}, count: {InBatch(context)});");
        }
        else
        {
            writer.Line($"{names["targetsInWindow"]} += {Count(context)};");
            writer.Line($"{names["meanLoss"]}.UpdateSum({names["loss"]}, count: {Count(context)});");
        }
    }

    // A method for one batch checks it; a loop checks the first one, because a look at the values waits for the device.
    private static void WriteCheck(LoopKind kind, LoopWriter writer, LoopContext context)
    {
        var checker = IsSingle(kind) ? $"new {context.Type("FirstBatch")}()" : context.Names["firstBatch"];
        var question = context.Loss.CheckQuestion;
        if (HasClassWeights(context))
        {
            question = $"{question.TrimEnd('?')}, each with a weight?";
        }

        writer.Blank();
        writer.Comment(IsSingle(kind) ? question : $"The first batch only: {Lower(question)}");
        writer.List($"{checker}.{context.Loss.Check}(", CheckArguments(context), ");");
        if (HasClassWeights(context))
        {
            writer.Line($"{checker}.CheckClassWeights({context.Names["output"]}, {context.Names["classWeights"]});");
        }

        if (HasSampleWeights(context))
        {
            writer.Blank();
            writer.Comment(IsSingle(kind)
                ? "Has each sample a weight?"
                : "Every batch: has each sample a weight? A wrong number of them would fall on the wrong losses.");
            writer.Line($"{checker}.CheckSampleWeights({context.Names["output"]}, {context.Names.Target}, {context.Names.Weight});");
        }
    }

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence.Substring(1);

    private static IReadOnlyList<string> CheckArguments(LoopContext context)
    {
        var ignoreIndex = context.Spec.Losses[0].IgnoreIndex;
        return ignoreIndex is { } index
            ? [context.Names["output"], context.Names.Target, $"ignoreIndex: {Literal.Of(index)}"]
            : [context.Names["output"], context.Names.Target];
    }

    private static void WriteCount(LoopWriter writer, LoopContext context) => writer.Line($"var {InBatch(context)} = {Count(context)};");

    // What the mean is over: the elements of the target, less those that are ignored, or their weights.
    private static string Count(LoopContext context)
    {
        var names = context.Names;
        if (!DividesByWeights(context))
        {
            return Ignores(context) ? $"{names.Target}.ne({names["ignoreIndex"]}).sum()" : $"{names.Target}.numel()";
        }

        List<string> arguments = HasSampleWeights(context) ? [names.Weight!, names.Target] : [names["classWeights"], names.Target];
        if (HasSampleWeights(context) && HasClassWeights(context))
        {
            arguments.Add(names["classWeights"]);
        }

        if (Ignores(context))
        {
            arguments.Add(HasClassWeights(context) ? names["ignoreIndex"] : $"ignoreIndex: {names["ignoreIndex"]}");
        }

        var counter = context.Type(HasSampleWeights(context) ? "SampleWeights" : "ClassWeights");
        return $"{counter}.Sum({string.Join(", ", arguments)})";
    }
}
