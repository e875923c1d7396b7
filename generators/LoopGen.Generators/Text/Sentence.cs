namespace LoopGen.Generators.Text;

/// <summary>A text that stands in quotes at the end of a statement.</summary>
internal sealed record Sentence(string Text);
