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
        writer.Comment("A new optimizer unless one was passed. It must see the parameters where they train: after the move.");

        if (context.Owns(LoopMember.CreateOptimizer))
        {
            var arguments = context.ArgumentsFor(LoopMember.CreateOptimizer, CreateOptimizerArguments(context));
            writer.List($"{names["optimizer"]} ??= {names["run"]}.Own(this.CreateOptimizer(", arguments, "));");
            return;
        }

        writer.List($"{names["optimizer"]} ??= {names["run"]}.Own({Factory(context)}(", Arguments(context), "));");
    }

    /// <summary><c>torch.optim.AdamW</c>.</summary>
    public static string Factory(LoopContext context) => $"{context.Torch}.optim.{context.Spec.Optimizer.Title}";

    /// <summary>The parameters, the learning rate and all other numbers.</summary>
    public static IReadOnlyList<string> Arguments(LoopContext context)
    {
        var optimizer = context.Spec.Optimizer;
        return
        [
            "this.parameters()",
            $"{optimizer.LearningRateName}: {context.Names["learningRate"]}",
            .. optimizer.Arguments.Select(argument => argument.ToString()),
        ];
    }

    private static IReadOnlyList<(string Name, string Value)> CreateOptimizerArguments(LoopContext context)
        => [("device", context.Names["device"]), ("learningRate", context.Names["learningRate"])];
}
