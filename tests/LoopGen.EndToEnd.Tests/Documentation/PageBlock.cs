namespace LoopGen.EndToEnd.Tests.Documentation;

/// <summary>What stands between two fences of a page: commands, what they write, a file, a change.</summary>
internal sealed record PageBlock(string Language, string Text);
