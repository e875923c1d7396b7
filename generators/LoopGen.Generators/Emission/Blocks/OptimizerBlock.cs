using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>The optimizer with all its numbers, unless the caller brings one.</summary>
internal sealed class OptimizerBlock : ILoopBlock
{
    public void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        if (phase != Phase.SetUp || kind != LoopKind.Training)
        {
            return;
        }

        var names = context.Names;
        writer.Comment("Create the optimizer after moving the model, so that it holds the moved parameters.");

        if (context.Owns(LoopMember.CreateOptimizer))
        {
            var arguments = context.ArgumentsFor(LoopMember.CreateOptimizer, CreateOptimizerArguments(context));
            writer.List($"{Assignment(context)}(this.CreateOptimizer(", arguments, "));");
            return;
        }

        writer.List($"{Assignment(context)}({Factory(context)}(", Arguments(context), "));");
    }

    // The one that was passed stays the caller's; a new one is the run's to dispose.
    private static string Assignment(LoopContext context)
    {
        var optimizer = context.Names["optimizer"];
        var run = context.Names["run"];
        return $"{optimizer} = {run}.Checked({optimizer}) ?? {run}.Own";
    }

    /// <summary><c>torch.optim.AdamW</c>.</summary>
    public static string Factory(LoopContext context) => $"{context.Torch}.optim.{context.Spec.Optimizer.Factory}";

    /// <summary>The parameters, the learning rate and all other numbers.</summary>
    public static IReadOnlyList<string> Arguments(LoopContext context)
    {
        var optimizer = context.Spec.Optimizer;
        return
        [
            "this.parameters()",
            $"{optimizer.LearningRate.Name}: {context.Names["learningRate"]}",
            .. optimizer.Numbers.Select(number => number.ToString()),
            .. optimizer.Flags.Select(flag => $"{flag}: true"),
        ];
    }

    private static IReadOnlyList<(string Name, string Value)> CreateOptimizerArguments(LoopContext context)
        => [("device", context.Names["device"]), ("learningRate", context.Names["learningRate"])];
}
