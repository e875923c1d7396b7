using LoopGen.Generators.Emission;
using LoopGen.Generators.Emission.Blocks;

namespace LoopGen.Generators.Explaining;

/// <summary>
/// A block that says in words what its lines do. A test holds the two together: where it writes it says something, and
/// where it says something it writes.
/// </summary>
internal interface IExplainedBlock : ILoopBlock
{
    void Explain(Explanation page, LoopContext context);
}
