namespace LoopGen.Generators.Emission.Blocks;

/// <summary>A block that reports something in the log of every epoch.</summary>
internal interface IFigureBlock : ILoopBlock
{
    IEnumerable<TrainingFigure> Figures(LoopContext context);
}
