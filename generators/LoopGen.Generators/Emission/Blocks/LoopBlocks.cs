namespace LoopGen.Generators.Emission.Blocks;

/// <summary>The blocks, in the order in which they write where several share a phase.</summary>
internal static class LoopBlocks
{
    private static readonly ILoopBlock[] InOrder =
    [
        new OptimizerBlock(),
        new LossBlock(),
        new MetricsBlock(),
        new HooksBlock(),
    ];

    public static void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        foreach (var block in InOrder)
        {
            block.Write(phase, kind, writer, context);
        }
    }
}
