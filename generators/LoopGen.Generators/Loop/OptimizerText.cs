using LoopGen.Generators.Explaining;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>The optimizer with all its numbers, unless the caller brings one.</summary>
internal static class OptimizerText
{
    /// <summary>In <c>Fit</c>. The one that was passed stays the caller's; a new one is the run's to dispose.</summary>
    public static void Write(Lines lines)
    {
        var isOwn = lines.Context.Owns(LoopMember.CreateOptimizer);
        lines.Add($$"""
            // Create the optimizer after moving the model, so that it holds the moved parameters.
            {{!isOwn && OptimizerGroups.Any(lines.Context)}}// A group takes what it does not say itself from the numbers at the end.
            {{() => WriteOwn(lines, isOwn)}}
            @run.Check(@optimizer);
            """);
    }

    /// <summary>The construction with all its numbers, between what stands before and behind it.</summary>
    public static void WriteConstruction(Lines lines, string before, string behind)
    {
        var context = lines.Context;
        var start = context.Text($"{before}@torch.optim.{context.Spec.Optimizer.Factory}(");
        if (!OptimizerGroups.Any(context))
        {
            string[] arguments = [OptimizerGroups.All(context), .. Numbers(context)];
            lines.Add($"{start}{arguments}{behind}");
            return;
        }

        lines.Add($$"""
            {{() => OptimizerGroups.WriteRest(lines)}}
            {{start}}
                [
                    {{() => OptimizerGroups.Write(lines)}}
                ],
                {{Numbers(context)}}{{behind}}
            """);
    }

    /// <summary>Whether a <c>CreateOptimizer</c> of the class's own is told the learning rate.</summary>
    public static bool IsGivenLearningRate(LoopContext context) => OwnArguments(context).Count > 1;

    public static void Explain(Explanation page, LoopContext context)
    {
        var optimizer = context.Spec.Optimizer;
        string[] numbers = [.. optimizer.Numbers.Select(number => number.Words), .. optimizer.Flags];
        var rate = $"the learning rate is {Literal.Plain(optimizer.LearningRate.Value)} unless Fit is given another.";
        if (context.Owns(LoopMember.CreateOptimizer))
        {
            var isUsed = IsGivenLearningRate(context) || context.IsRateScheduled;
            page.At(Place.SetUp, "Your CreateOptimizer makes the optimizer, unless one is passed.");
            page.Attribute(
                KnownNames.Compile,
                $"{context.Loss.Title}, with its hyperparameters. Your CreateOptimizer stands in for its {optimizer.Title}{(isUsed ? $"; {rate}" : ", and has no parameter for its learning rate.")}");
            return;
        }

        page.At(Place.SetUp, $"A new {optimizer.Title} is made, unless an optimizer is passed: Fit's learning rate, {string.Join(", ", numbers)}.");
        page.Attribute(KnownNames.Compile, $"{optimizer.Title} and {context.Loss.Title}, with their hyperparameters; {rate}");
    }

    /// <summary>A rate next to an optimizer that is passed would have no effect, unless a schedule scales it.</summary>
    public static void WriteRateCheck(Lines lines)
    {
        var isOwn = lines.Context.Owns(LoopMember.CreateOptimizer);
        if (lines.Context.IsRateScheduled)
        {
            lines.Add($"@run.CheckLearningRate(@learningRate, optimizer: null);");
        }
        else if (!isOwn || IsGivenLearningRate(lines.Context))
        {
            lines.Add($"@run.CheckLearningRate(@learningRate, @optimizer, unchanged: {lines.Context.Spec.Optimizer.LearningRate.Literal});");
        }
    }

    private static void WriteOwn(Lines lines, bool isOwn)
    {
        if (isOwn)
        {
            lines.Add($"@optimizer ??= @run.Own(this.CreateOptimizer({OwnArguments(lines.Context)}));");
        }
        else
        {
            WriteConstruction(lines, lines.Context.Text($"@optimizer ??= @run.Own("), "));");
        }
    }

    // The learning rate and all other numbers.
    private static string[] Numbers(LoopContext context)
    {
        var optimizer = context.Spec.Optimizer;
        return
        [
            context.Text($"{optimizer.LearningRate.Name}: @learningRate"),
            .. optimizer.Numbers.Select(number => number.ToString()),
            .. optimizer.Flags.Select(flag => $"{flag}: true"),
        ];
    }

    // What the class's own method has of our parameters.
    private static IReadOnlyList<string> OwnArguments(LoopContext context)
        => context.ArgumentsFor(
            LoopMember.CreateOptimizer,
            [("device", context.Text($"@device")), ("learningRate", context.Text($"@learningRate"))]);
}
