using LoopGen.Generators.Explaining;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>The blocks, in the order in which they write where several share a phase.</summary>
internal static class LoopBlocks
{
    /// <summary>Them all.</summary>
    public static readonly IExplainedBlock[] InOrder =
    [
        new FrozenBlock(),
        new OptimizerBlock(),
        new LossBlock(),
        new MetricsBlock(),
        new ScheduleBlock(),
        new StepCounterBlock(),
        new AnomalyBlock(),
        new FiniteCheckBlock(),
        new HooksBlock(),

        // Behind the hooks: they see the gradients as they come, and what they do to the weights enters the average.
        new ClipBlock(),
        new AverageBlock(),

        // Behind the average: what it keeps is what was evaluated.
        new EarlyStoppingBlock(),

        // Behind all others: what it saves is what they left.
        new CheckpointBlock(),
    ];

    /// <summary>The figures that blocks add to the log of an epoch.</summary>
    public static IReadOnlyList<TrainingFigure> Figures(LoopContext context)
        => [.. InOrder.OfType<IFigureBlock>().SelectMany(block => block.Figures(context))];

    /// <summary>Lets each say what it does.</summary>
    public static void Explain(Explanation page, LoopContext context)
    {
        foreach (var block in InOrder)
        {
            block.Explain(page, context);
        }
    }

    public static void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        foreach (var block in InOrder)
        {
            block.Write(phase, kind, writer, context);
        }
    }
}
