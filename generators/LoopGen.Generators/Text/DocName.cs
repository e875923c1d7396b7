namespace LoopGen.Generators.Text;

/// <summary>A name in documentation, where a keyword needs no <c>@</c> and <c>&lt;</c> is markup.</summary>
internal readonly record struct DocName(string Name)
{
    public override string ToString() => this.Name.TrimStart('@').Replace("<", "&lt;").Replace(">", "&gt;");
}
