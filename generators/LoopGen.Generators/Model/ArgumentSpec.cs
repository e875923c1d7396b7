namespace LoopGen.Generators.Model;

/// <summary>A named argument as it will be written: torch's parameter name and a C# literal.</summary>
internal sealed record ArgumentSpec(string Name, string Literal)
{
    public override string ToString() => $"{this.Name}: {this.Literal}";
}
