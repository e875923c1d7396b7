using LoopGen.Generators.Explaining;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>The number of updates made so far, where something in the loop asks for it.</summary>
internal sealed class StepCounterBlock : IExplainedBlock
{
    public void Explain(Explanation page, LoopContext context)
    {
        if (context.CountsSteps)
        {
            page.At(Phase.TrainBegin, "The count of updates begins at 0, with each call of Fit.");
            page.At(Phase.UpdateEnd, "One more update is counted.");
        }
    }

    public void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        if (kind != LoopKind.Training || !context.CountsSteps)
        {
            return;
        }

        var step = context.Names["step"];
        switch (phase)
        {
            case Phase.TrainBegin:
                writer.Line($"var {step} = 0L;");
                break;

            case Phase.UpdateEnd:
                writer.Line($"{step}++;");
                break;
        }
    }
}
