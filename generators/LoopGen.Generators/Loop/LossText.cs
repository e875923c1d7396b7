using LoopGen.Generators.Text;
using static LoopGen.Generators.Loop.LossForm;

namespace LoopGen.Generators.Loop;

/// <summary>The loss of a batch, its check of the first batch, and its epoch mean.</summary>
internal static class LossText
{
    /// <summary>The local that the sums of a window are divided by.</summary>
    public static string WindowCount(LoopContext context) => DividesByWeights(context) ? context.Text($"@weightsInWindow") : context.Text($"@targetsInWindow");

    /// <summary>What it begins with.</summary>
    public static string WindowStart(LoopContext context)
        => DividesByWeights(context) ? context.Text($"@torch.tensor(0.0f, device: @device)")
            : Ignores(context) ? context.Text($"@torch.tensor(0L, device: @device)")
            : "0L";

    /// <summary>Step 3.</summary>
    public static void Write(LoopKind kind, Lines lines)
    {
        var call = lines.Context.Text($"@lossFunction.call(@output, {lines.Context.Names.Target})");
        if (HasSampleWeights(lines.Context))
        {
            WriteWeighted(kind, lines, call);
        }
        else if (DividesItself(kind, lines.Context))
        {
            lines.Add($$"""
                var {{InBatch(lines.Context)}} = {{Count(lines.Context)}};
                var @loss = {{call}}.div({{InBatch(lines.Context)}});
                """);
        }
        else
        {
            lines.Add($"var @loss = {call}{(Reduction(kind, lines.Context) == "None" ? ".mean()" : string.Empty)};");
        }
    }

    /// <summary>Types and shapes of every batch; a look at the values waits for a GPU, and is for the first batch alone there.</summary>
    public static void WriteCheck(LoopKind kind, Lines lines)
    {
        var context = lines.Context;
        var isSingle = IsSingle(kind);
        var checker = isSingle ? context.Text($"new @FirstBatch()") : context.Text($"@firstBatch");
        var question = HasClassWeights(context) ? $"{context.Loss.CheckQuestion.TrimEnd('?')}, each with a weight?" : context.Loss.CheckQuestion;
        string[] ignored = Ignores(context) ? [$"ignoreIndex: {Literal.Of(IgnoredIndex(context))}"] : [];
        string[] arguments = [context.Text($"@output"), context.Names.Target, .. ignored];
        lines.Add($$"""

            // {{(isSingle ? question : $"Every batch, without waiting for the device: {LossWords.Lower(question)}")}}
            {{checker}}.{{context.Loss.Check}}({{arguments}});
            {{HasClassWeights(context)}}{{checker}}.CheckClassWeights(@output, @classWeights);
            """);
        if (HasSampleWeights(context))
        {
            lines.Add($$"""

                // {{(isSingle ? "Has each sample a weight?" : "Every batch: has each sample a weight? A wrong number of them would fall on the wrong losses.")}}
                {{checker}}.CheckSampleWeights(@output, {{context.Names.Target}}, {{context.Names.Weight}});
                """);
        }
    }

    /// <summary>The batch enters the mean of the epoch.</summary>
    public static void WriteRecord(LoopKind kind, Lines lines)
    {
        var context = lines.Context;
        if (!IsSummed(kind, context))
        {
            lines.Add($"@meanLoss.Update(@loss, count: {(DividesItself(kind, context) ? InBatch(context) : Count(context))});");
        }
        else if (IsCountedOnDevice(context))
        {
            lines.Add($$"""
                var {{InBatch(context)}} = {{Count(context)}};
                {{WindowCount(context)}}.add_({{InBatch(context)}}, @one);
                @meanLoss.UpdateSum(@loss, count: {{InBatch(context)}});
                """);
        }
        else
        {
            lines.Add($$"""
                @targetsInWindow += {{Count(context)}};
                @meanLoss.UpdateSum(@loss, count: {{Count(context)}});
                """);
        }
    }

    // A weight may stand for several losses: those of a sequence, or of the elements of an output.
    private static void WriteWeighted(LoopKind kind, Lines lines, string call)
    {
        var context = lines.Context;
        var weight = context.Names.Weight;
        var rows = context.Text($"var @losses = {call}.reshape({weight}.numel(), -1);");
        var summable = context.Text($"@losses = @SampleWeights.Summable(@losses);");
        var weighted = context.Text($"var @loss = @losses.mul({weight}.reshape(-1, 1))");
        if (!DividesItself(kind, context))
        {
            lines.Add($$"""
                {{rows}}
                {{IsSummed(kind, context)}}{{summable}}
                {{weighted}}.{{(IsSummed(kind, context) ? "sum" : "mean")}}();
                """);
        }
        else if (DividesByWeights(context))
        {
            // By 0 the gradients would be NaN and the model lost. Keras's divide_no_nan, without reading the device.
            lines.Add($$"""
                var {{InBatch(context)}} = {{Count(context)}};
                {{rows}}
                {{summable}}

                // If no target weighs anything, the sum is 0: it is divided by 1 then.
                var @divisor = {{InBatch(context)}}.maximum({{InBatch(context)}}.logical_not());
                {{weighted}}.sum().div_(@divisor);
                """);
        }
        else
        {
            lines.Add($$"""
                var {{InBatch(context)}} = {{Count(context)}};
                {{rows}}
                {{summable}}
                {{weighted}}.sum().div({{InBatch(context)}});
                """);
        }
    }

    // What the mean is over: the elements of the target, less those that are ignored, or their weights.
    private static string Count(LoopContext context)
    {
        var target = context.Names.Target;
        if (!DividesByWeights(context))
        {
            var index = context.Spec.Losses[0].IgnoreIndex is { } given ? $", ignoreIndex: {Literal.Of(given)}" : string.Empty;
            return Ignores(context) ? context.Text($"@Targets.Count(@output, {target}{index})") : $"{target}.numel()";
        }

        var classWeights = HasClassWeights(context) ? context.Text($"@classWeights") : null;
        List<string> arguments = HasSampleWeights(context) ? [context.Names.Weight!, target] : [classWeights!, target];
        if (HasSampleWeights(context) && classWeights is not null)
        {
            arguments.Add(classWeights);
        }

        if (Ignores(context))
        {
            arguments.Add(classWeights is null ? context.Text($"ignoreIndex: @ignoreIndex") : context.Text($"@ignoreIndex"));
        }

        var counter = HasSampleWeights(context) ? context.Text($"@SampleWeights") : context.Text($"@ClassWeights");
        return $"{counter}.Sum({string.Join(", ", arguments)})";
    }
}
