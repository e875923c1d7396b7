namespace LoopGen.EndToEnd.Tests.Symbols;

/// <summary>A source file as a PDB knows it.</summary>
internal sealed record SourceDocument(string Path, bool IsSha256, string Hash, bool IsEmbedded);
