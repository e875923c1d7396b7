using LoopGen.Generators.Catalog;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission;

/// <summary>
/// What the attributes of a model ask for, in one sentence that leaves nothing out: it stands in the header of what was
/// written from it, and tells later whether the attributes have changed since. Defaults go without saying.
/// </summary>
internal static class AskedFor
{
    /// <summary>"AdamW (learning rate 0.001, weight decay 0.01), cross-entropy, accuracy; hooks (OnStep)."</summary>
    public static string InTraining(LoopContext context)
        => $"{Sentence(context, [.. Arithmetic(context.Spec), .. Surroundings(context.Spec)])}.";

    /// <summary>The same without what may change before a training is resumed: hooks, checks, where and when the state is saved.</summary>
    public static string Settings(LoopContext context) => Sentence(context, [.. Arithmetic(context.Spec)]);

    /// <summary>"cross-entropy, accuracy."</summary>
    public static string InEvaluation(LoopContext context) => $"{string.Join(", ", Figures(context))}.";

    private static string Sentence(LoopContext context, string[] blocks)
    {
        var optimizer = context.Spec.Optimizer;
        var words = WithDetails(optimizer.Title, [optimizer.LearningRate.Words, .. Given(optimizer.Numbers), .. optimizer.Flags]);
        return $"{words}, {string.Join(", ", Figures(context))}{(blocks.Length == 0 ? string.Empty : "; ")}{string.Join(", ", blocks)}";
    }

    private static IEnumerable<string> Figures(LoopContext context)
        => context.Spec.Metrics
            .Select(metric => WithDetails(metric.Title, MetricDetails(metric)))
            .Prepend(WithDetails(context.Loss.Title, LossDetails(context.Spec.Losses[0], context.Spec.HasSampleWeights)));

    private static string[] LossDetails(LossSpec loss, bool hasSampleWeights)
    {
        List<string> details = [.. Given(loss.Numbers), .. Given(loss.ConstructorNumbers)];
        if (loss.IgnoreIndex is { } index)
        {
            details.Add($"ignored index {Literal.Of(index)}");
        }

        if (loss.ClassWeights.Count > 0)
        {
            details.Add($"class weights {ClassWeights(loss.ClassWeights)}");
        }

        if (hasSampleWeights)
        {
            details.Add("weights of samples");
        }

        if (loss.DividesByWeights)
        {
            details.Add("divided by the sum of the weights");
        }

        return [.. details];
    }

    // The weights of a thousand classes would drown the rest.
    private static string ClassWeights(EquatableArray<double> weights)
        => weights.Count <= 10
            ? string.Join("/", weights.Select(Literal.Plain))
            : $"of {Literal.Of(weights.Count)} classes that sum to {Literal.Plain(weights.Sum())}";

    // What the title does not say: of which kind a renamed metric is.
    private static string[] MetricDetails(MetricSpec metric) => metric.Source switch
    {
        MetricSource.Method => [$"method {metric.Call!.Replace("this.", string.Empty)}"],
        MetricSource.Type => [metric.TypeName.Replace("global::", string.Empty)],
        _ when metric.Arguments.Any(argument => argument.Name == "name")
            => [metric.TypeName, .. metric.Arguments.Where(argument => argument.Name == "k").Select(argument => $"k {argument.Literal}")],
        _ => [],
    };

    // What the loop has beside the five steps and decides what is learned.
    private static IEnumerable<string> Arithmetic(LoopSpec spec)
    {
        if (spec.Schedule is { } schedule)
        {
            yield return WithDetails(schedule.Title, [.. ScheduleDetails(schedule, spec)]);
        }

        if (spec.AccumulateSteps is { } steps)
        {
            yield return $"windows of {Literal.Of(steps)} batches";
        }

        if (spec.Clip is { } clip)
        {
            yield return WithDetails(
                $"{ClipCatalog.Get(clip.Method).Title} {Literal.Plain(clip.Limit.Value)}", clip.LogsNorm ? ["norm reported"] : []);
        }

        if (spec.Optimizer.ExcludesVectorsFromDecay)
        {
            yield return "no decay of vectors";
        }

        foreach (var group in spec.FieldGroups)
        {
            var field = group.Field.Replace("this.", string.Empty);
            yield return group.Factor is { } factor ? $"{field} at {Literal.Plain(factor.Value)} of the learning rate" : $"{field} frozen";
        }

        if (spec.Average is { } average)
        {
            yield return average.Decay is { } decay
                ? WithDetails("moving average of the weights", [$"decay {Literal.Plain(decay.Value)}", .. average.HasWarmup ? [] : new[] { "no warm-up" }])
                : WithDetails("average of the weights over epochs", average.StartEpoch > 1 ? [$"from epoch {Literal.Of(average.StartEpoch)}"] : []);
        }

        if (spec.EarlyStopping is { } rule)
        {
            yield return WithDetails($"early stopping on {rule.Figure}", [.. RuleDetails(rule, spec)]);
        }
    }

    // What it has around that.
    private static IEnumerable<string> Surroundings(LoopSpec spec)
    {
        if (spec.DetectsAnomaly)
        {
            yield return "anomaly detection (slow)";
        }

        if (spec.StopsOnNaN)
        {
            yield return "an error at the first NaN or infinity";
        }

        if (spec.Hooks != Hooks.None)
        {
            yield return $"hooks ({spec.Hooks})";
        }

        if (spec.Checkpoint is { } checkpoint)
        {
            yield return WithDetails($"checkpoints in {Literal.Of(checkpoint.Folder)}", [.. CheckpointDetails(checkpoint, spec)]);
        }
    }

    private static IEnumerable<string> ScheduleDetails(ScheduleSpec schedule, LoopSpec spec)
    {
        if (schedule.Monitor is { } monitor)
        {
            yield return $"watching {FigureName.FromMember(monitor.LogMember)}";
            foreach (var direction in Direction(monitor, spec))
            {
                yield return direction;
            }
        }

        var row = Array.Find(ScheduleCatalog.Rows, candidate => candidate.TypeName == schedule.TypeName);
        foreach (var argument in schedule.Arguments)
        {
            ScheduleParameterRow[] parameters = [.. row?.Parameters ?? [], ScheduleCatalog.WarmupSteps, ScheduleCatalog.WarmupFactor];
            if (Array.Find(parameters, candidate => candidate.Name == argument.Name) is { } parameter && argument.Literal != parameter.DefaultLiteral)
            {
                yield return $"{NumberSpec.WordsOf(parameter.Property)} {Plain(argument.Literal)}";
            }
        }
    }

    // [30, 60] is 30/60 here, and 2.0 is 2.
    private static string Plain(string literal)
    {
        var text = literal.Trim('[', ']').Replace(", ", "/");
        return text.EndsWith(".0", StringComparison.Ordinal) ? text.Substring(0, text.Length - 2) : text;
    }

    private static IEnumerable<string> RuleDetails(EarlyStoppingSpec rule, LoopSpec spec)
    {
        yield return $"patience {Literal.Plain(rule.Patience)}";
        foreach (var number in Given(rule.Limits.Prepend(rule.MinDelta)).Concat(Direction(rule.Monitor, spec)))
        {
            yield return number;
        }

        if (rule.WarmupEpochs > 0)
        {
            yield return $"warmup epochs {Literal.Of(rule.WarmupEpochs)}";
        }

        if (rule.RestoresBest)
        {
            yield return "best weights restored";
        }
    }

    private static IEnumerable<string> CheckpointDetails(CheckpointSpec checkpoint, LoopSpec spec)
    {
        if (checkpoint.KeepLast != Rules.CheckpointRules.DefaultKeepLast)
        {
            yield return $"the last {Literal.Of(checkpoint.KeepLast)} kept";
        }

        if (checkpoint.EveryEpochs > 1)
        {
            yield return $"every {Literal.Of(checkpoint.EveryEpochs)} epochs";
        }

        if (checkpoint.EverySteps is { } steps)
        {
            yield return $"every {Literal.Of(steps)} updates";
        }

        if (checkpoint.EveryMinutes is { } minutes)
        {
            yield return $"every {Literal.Plain(minutes)} minutes";
        }

        if (checkpoint.Best is { } best)
        {
            yield return $"{(best.Count == 1 ? "the best" : $"the best {Literal.Of(best.Count)}")} by {best.Figure}";
            foreach (var direction in Direction(best.Monitor, spec))
            {
                yield return direction;
            }

            yield return $"named {string.Concat(best.FileName.Select(part => part.ToString()))}";
        }

        if (checkpoint.SavesOnException)
        {
            yield return "after an exception, too";
        }
    }

    // Of a figure of the library everybody knows which way it improves.
    private static string[] Direction(MonitorSpec monitor, LoopSpec spec)
        => spec.Metrics.Any(metric => metric.Member == monitor.Member && metric.Source != MetricSource.Library)
            ? [$"{(monitor.IsHigherBetter ? "higher" : "lower")} is better"]
            : [];

    private static string WithDetails(string title, string[] details)
        => details.Length == 0 ? title : $"{title} ({string.Join(", ", details)})";

    private static IEnumerable<string> Given(IEnumerable<NumberSpec> numbers)
        => numbers.Where(number => number.IsGiven).Select(number => number.Words);
}
