using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>Calls of the hooks that the class implements; a class without hooks has no trace of them.</summary>
internal sealed class HooksBlock : ILoopBlock
{
    /// <summary>Those that are told the number of updates made.</summary>
    public const Hooks NeedStep = Hooks.OnBatch | Hooks.OnLoss | Hooks.OnGradients | Hooks.OnStep;

    public void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        if (kind != LoopKind.Training || context.Spec.Hooks == Hooks.None)
        {
            return;
        }

        var names = context.Names;
        var step = context.Step;
        switch (phase)
        {
            case Phase.TrainBegin:
                Call(Hooks.OnTrainBegin, string.Empty);
                break;

            case Phase.EpochBegun:
                Call(Hooks.OnEpochBegin, names["epoch"]);
                break;

            case Phase.Batch:
                var tensors = names.Tensors.Select(name => $", ref {name}");
                Call(Hooks.OnBatch, step + string.Concat(tensors));
                break;

            case Phase.AfterLoss:
                Call(Hooks.OnLoss, $"{step}, ref {names["loss"]}");
                break;

            case Phase.Gradients:
                CallApart(Hooks.OnGradients, step);
                break;

            case Phase.AfterUpdate:
                Call(Hooks.OnStep, step);
                break;

            case Phase.EpochEnd:
                Call(Hooks.OnEpochEnd, names["log"]);
                break;

            case Phase.TrainEnd:
                Call(Hooks.OnTrainEnd, names["history"]);
                break;
        }

        void Call(Hooks hook, string arguments)
        {
            if (context.Calls(hook))
            {
                writer.Line($"this.{hook}({arguments});");
            }
        }

        void CallApart(Hooks hook, string arguments)
        {
            if (context.Calls(hook))
            {
                writer.Blank();
                Call(hook, arguments);
            }
        }
    }
}
