namespace LoopGen.Generators.Text;

/// <summary><c>condition ? whenTrue : whenFalse</c> at the end of a statement.</summary>
internal sealed record Choice(string Condition, string WhenTrue, string WhenFalse);
