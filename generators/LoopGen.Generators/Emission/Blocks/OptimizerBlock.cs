using LoopGen.Generators.Explaining;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>The optimizer with all its numbers, unless the caller brings one.</summary>
internal sealed class OptimizerBlock : IExplainedBlock
{
    public void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        if (phase != Phase.SetUp || kind != LoopKind.Training)
        {
            return;
        }

        var names = context.Names;
        writer.Comment("Create the optimizer after moving the model, so that it holds the moved parameters.");
        if (ParameterGroups.Any(context) && !context.Owns(LoopMember.CreateOptimizer))
        {
            writer.Comment("A group takes what it does not say itself from the numbers at the end.");
        }

        if (context.Owns(LoopMember.CreateOptimizer))
        {
            var arguments = OwnArguments(context);
            writer.List($"{Assignment(context)}(this.CreateOptimizer(", arguments, "));");
            return;
        }

        WriteConstruction(writer, context, $"{Assignment(context)}(", "));");
    }

    public void Explain(Explanation page, LoopContext context)
    {
        var optimizer = context.Spec.Optimizer;
        string[] numbers = [.. optimizer.Numbers.Select(number => number.Words), .. optimizer.Flags];
        var rate = $"the learning rate is {Literal.Plain(optimizer.LearningRate.Value)} unless Fit is given another.";
        if (context.Owns(LoopMember.CreateOptimizer))
        {
            var isUsed = IsGivenLearningRate(context) || context.Spec.Schedule is not null;
            page.At(Phase.SetUp, "Your CreateOptimizer makes the optimizer, unless one is passed.");
            page.Attribute(
                KnownNames.Compile,
                $"{context.Loss.Title}, with its hyperparameters. Your CreateOptimizer stands in for its {optimizer.Title}{(isUsed ? $"; {rate}" : ", and has no parameter for its learning rate.")}");
            return;
        }

        page.At(Phase.SetUp, $"A new {optimizer.Title} is made, unless an optimizer is passed: Fit's learning rate, {string.Join(", ", numbers)}.");
        page.Attribute(KnownNames.Compile, $"{optimizer.Title} and {context.Loss.Title}, with their hyperparameters; {rate}");
        if (optimizer.ExcludesVectorsFromDecay)
        {
            page.Attribute($"{KnownNames.Compile}({KnownNames.DecayExcludeProperty} = true)", "parameters of fewer than two dimensions have no weight decay.");
        }

        foreach (var group in context.Spec.FieldGroups.Where(group => group.Factor is not null))
        {
            page.Attribute(KnownNames.LearningRateProperty, $"{group.Field.Replace("this.", string.Empty)} learns at {Literal.Plain(group.Factor!.Value)} of the learning rate, as a parameter group of its own.");
        }
    }

    /// <summary>Whether a <c>CreateOptimizer</c> of the class's own is told the learning rate.</summary>
    public static bool IsGivenLearningRate(LoopContext context) => OwnArguments(context).Count > 1;

    /// <summary>The construction with all its numbers, between what stands before and behind it.</summary>
    public static void WriteConstruction(LoopWriter writer, LoopContext context, string before, string behind)
    {
        ParameterGroups.WriteRest(writer, context);
        var start = $"{before}{context.Torch}.optim.{context.Spec.Optimizer.Factory}(";
        if (!ParameterGroups.Any(context))
        {
            writer.List(start, [ParameterGroups.All(context), .. Numbers(context)], behind);
            return;
        }

        writer.Line(start);
        using (writer.Indented())
        {
            writer.Line("[");
            using (writer.Indented())
            {
                ParameterGroups.Write(writer, context);
            }

            writer.Line("],");
            writer.List(string.Empty, Numbers(context), behind);
        }
    }

    // The one that was passed stays the caller's; a new one is the run's to dispose.
    private static string Assignment(LoopContext context)
    {
        var optimizer = context.Names["optimizer"];
        var run = context.Names["run"];
        return $"{optimizer} = {run}.Checked({optimizer}) ?? {run}.Own";
    }

    // The learning rate and all other numbers.
    private static IReadOnlyList<string> Numbers(LoopContext context)
    {
        var optimizer = context.Spec.Optimizer;
        return
        [
            $"{optimizer.LearningRate.Name}: {context.Names["learningRate"]}",
            .. optimizer.Numbers.Select(number => number.ToString()),
            .. optimizer.Flags.Select(flag => $"{flag}: true"),
        ];
    }

    // What the class's own method has of our parameters.
    private static IReadOnlyList<string> OwnArguments(LoopContext context)
        => context.ArgumentsFor(LoopMember.CreateOptimizer, [("device", context.Names["device"]), ("learningRate", context.Names["learningRate"])]);
}
