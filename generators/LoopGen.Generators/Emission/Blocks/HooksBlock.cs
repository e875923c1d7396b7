using LoopGen.Generators.Explaining;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>Calls of the hooks that the class implements; a class without hooks has no trace of them.</summary>
internal sealed class HooksBlock : IExplainedBlock
{
    /// <summary>Those that are told the number of updates made.</summary>
    public const Hooks NeedStep = Hooks.OnBatch | Hooks.OnLoss | Hooks.OnGradients | Hooks.OnStep;

    // Where each is called, and what it may do there.
    private static readonly (Hooks Hook, Phase Phase, string Sentence)[] Places =
    [
        (Hooks.OnTrainBegin, Phase.TrainBegin, "Your OnTrainBegin is called."),
        (Hooks.OnEpochBegin, Phase.EpochBegun, "Your OnEpochBegin is called."),
        (Hooks.OnBatch, Phase.Batch, "Your OnBatch is called: what it assigns is trained on."),
        (Hooks.OnLoss, Phase.AfterLoss, "Your OnLoss is called: what it assigns is differentiated."),
        (Hooks.OnGradients, Phase.Gradients, "Your OnGradients is called: what it does to the gradients counts."),
        (Hooks.OnStep, Phase.AfterUpdate, "Your OnStep is called."),
        (Hooks.OnEpochEnd, Phase.EpochEnd, "Your OnEpochEnd is called."),
        (Hooks.OnTrainEnd, Phase.TrainEnd, "Your OnTrainEnd is called."),
    ];

    public void Explain(Explanation page, LoopContext context)
    {
        foreach (var (hook, phase, sentence) in Places)
        {
            if (context.Calls(hook))
            {
                page.At(phase, sentence);
            }
        }
    }

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
