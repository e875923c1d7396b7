namespace LoopGen.Generators.Tests.Documentation;

/// <summary>What a page shows between fences, or a table with a comment before it.</summary>
/// <param name="Mark">The comment on the line before, such as <c>emitted: Fit</c>, or nothing.</param>
/// <param name="Language">What follows the opening fence; <see cref="Table"/> for a table.</param>
/// <param name="Text">The lines.</param>
internal sealed record MarkdownBlock(string Mark, string Language, string Text)
{
    public const string Table = "table";
}
