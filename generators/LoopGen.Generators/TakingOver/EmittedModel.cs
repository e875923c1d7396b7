using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;

namespace LoopGen.Generators.TakingOver;

/// <summary>A model as the generator reads it, outside of a build.</summary>
/// <param name="Spec">What its loops are written from.</param>
/// <param name="Hint">What the names of its files begin with.</param>
/// <param name="Neighbours">Names of ours that mean something else in its namespace.</param>
internal sealed record EmittedModel(LoopSpec Spec, string Hint, EquatableArray<NeighbourSpec> Neighbours)
{
    /// <summary>What the emitters work with.</summary>
    public LoopContext Context => new(this.Spec, this.Neighbours);

    /// <summary>The same without what the class declares itself: what would be written if it declared nothing.</summary>
    public EmittedModel WithoutOwned(Func<OwnedMemberSpec, bool> isLeftOut)
        => this with { Spec = this.Spec with { OwnedMembers = this.Spec.OwnedMembers.Where(member => !isLeftOut(member)).ToEquatableArray() } };

    /// <summary>The text of one of its files, or null where the class has all of it.</summary>
    public string? TextOf(LoopFile file) => file.IsNeeded(this.Spec) ? file.Write(this.Context).ToString() : null;
}
