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

    // Means of batches of different sizes do not add up to the mean of all; sums do.
    private static bool IsSummed(LoopKind kind, LoopContext context) => kind == LoopKind.Training && context.HasWindows;

    private static bool Ignores(LoopContext context) => context.Spec.Losses[0].IgnoreIndex is not null;

    private static bool HasClassWeights(LoopContext context) => context.Spec.Losses[0].ClassWeights.Count > 0;

    private static bool HasSampleWeights(LoopContext context) => context.Spec.HasSampleWeights;

    private static bool DividesByWeights(LoopContext context) => context.Spec.Losses[0].DividesByWeights;

    private static bool IsCountedOnDevice(LoopContext context) => Ignores(context) || DividesByWeights(context);

    // Torch's mean of weighted losses is over the weights; where it shall be over the targets, a mean of all elements
    // does, but for those that are ignored: they are elements, of loss 0.
    private static bool HasOwnMean(LoopContext context) => HasClassWeights(context) && !DividesByWeights(context);

    // The losses of weighted samples are multiplied before anything is summed.
    private static bool DividesItself(LoopKind kind, LoopContext context)
        => !IsSummed(kind, context) && (HasSampleWeights(context) ? IsCountedOnDevice(context) : HasOwnMean(context) && Ignores(context));

    private static string? Reduction(LoopKind kind, LoopContext context)
        => HasSampleWeights(context) ? "None"
            : IsSummed(kind, context) || DividesItself(kind, context) ? "Sum"
            : HasOwnMean(context) ? "None"
            : null;

    private static string InBatch(LoopContext context) => context.Names[DividesByWeights(context) ? "weightsInBatch" : "targetsInBatch"];

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
            writer.Comment("Where no target has a weight, the sum of 0 is divided by 1.");
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

    private static bool IsSingle(LoopKind kind) => kind is LoopKind.SingleStep or LoopKind.SingleEvaluation;

    // A method for one batch checks it; a loop checks the first one, because a look at the values waits for the device.
    private static void WriteCheck(LoopKind kind, LoopWriter writer, LoopContext context)
    {
        var checker = IsSingle(kind) ? $"new {context.Type("FirstBatch")}()" : context.Names["firstBatch"];
        var question = context.Loss.CheckQuestion;
        if (HasSampleWeights(context))
        {
            question = $"{question.TrimEnd('?')}, and has each {(HasClassWeights(context) ? "class and each sample" : "sample")} a weight?";
        }
        else if (HasClassWeights(context))
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
            writer.Line($"{checker}.CheckSampleWeights({context.Names["output"]}, {context.Names.Target}, {context.Names.Weight});");
        }
    }

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence.Substring(1);

    private static void WriteSetUp(LoopKind kind, LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        var loss = context.Spec.Losses[0];
        var ignoreIndex = loss.IgnoreIndex;
        List<string> arguments = [.. loss.Numbers.Select(number => number.ToString())];
        var divisor = $"The sum of the weighted losses is divided by the {(DividesByWeights(context) ? "weights of the" : "number of")} targets.";
        if (HasClassWeights(context))
        {
            writer.Blank();
            writer.Comment($"A weight for each class. {divisor}");
            var weights = loss.ClassWeights.Select(Literal.OfSingle).ToArray();
            writer.List($"using var {names["classWeights"]} = {context.Torch}.tensor(new[] {{ ", weights, $" }}, device: {names["device"]});");
            arguments.Add($"weight: {names["classWeights"]}");
        }

        if (ignoreIndex is { } index)
        {
            arguments.Add($"ignore_index: {Literal.Of(index)}");
        }

        if (Reduction(kind, context) is { } reduction)
        {
            if (HasSampleWeights(context))
            {
                WriteReasonForLosses(kind, writer, context, divisor);
            }
            else if (IsSummed(kind, context))
            {
                writer.Comment("Summed: unlike means, the sums of batches of any size add up.");
            }

            arguments.Add($"reduction: {context.Torch}.nn.Reduction.{reduction}");
        }

        // The factory lacks what only the constructor takes.
        arguments.AddRange(loss.ConstructorNumbers.Select(number => number.ToString()));
        var create = loss.ConstructorNumbers.Count > 0 ? $"new {context.Type(context.Loss.Factory)}" : $"{context.Torch}.nn.{context.Loss.Factory}";
        writer.List($"using var {names["lossFunction"]} = {create}(", arguments, ");");

        WriteScalars(kind, writer, context);

        if (!IsSingle(kind))
        {
            writer.Line($"var {names["firstBatch"]} = new {context.Type("FirstBatch")}();");
        }
    }

    private static void WriteReasonForLosses(LoopKind kind, LoopWriter writer, LoopContext context, string divisor)
    {
        var reason = "Not reduced: each target's loss is multiplied by its sample's weight first.";
        if (!HasClassWeights(context))
        {
            reason = $"{reason} {divisor}";
        }

        writer.Blank();
        writer.Comment(IsSummed(kind, context) ? $"{reason} Unlike means, the sums of batches of any size add up." : reason);
    }

    // A finalizer may free the Scalar of a raw number while the operation still needs it. An addition has one, too.
    private static void WriteScalars(LoopKind kind, LoopWriter writer, LoopContext context)
    {
        List<(string Name, long Value)> scalars = [];
        if (context.Spec.Losses[0].IgnoreIndex is { } ignored)
        {
            scalars.Add(("ignoreIndex", ignored));
        }

        if (IsSummed(kind, context) && IsCountedOnDevice(context))
        {
            scalars.Add(("one", 1));
        }

        if (scalars.Count > 0)
        {
            writer.Comment("Made once: a number in the call would become a native Scalar in every batch, freed only by its finalizer.");
            foreach (var (name, value) in scalars)
            {
                writer.Line($"using var {context.Names[name]} = ({Literal.OfLong(value)}).ToScalar();");
            }
        }
    }

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
