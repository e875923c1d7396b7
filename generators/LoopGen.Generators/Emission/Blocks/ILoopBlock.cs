namespace LoopGen.Generators.Emission.Blocks;

/// <summary>One feature's lines in the loop. At each phase a block writes its lines, or nothing.</summary>
internal interface ILoopBlock
{
    void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context);
}
