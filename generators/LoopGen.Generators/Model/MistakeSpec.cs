using Microsoft.CodeAnalysis.Text;

namespace LoopGen.Generators.Model;

/// <summary>A diagnostic as plain values: a location would hold on to its tree.</summary>
internal sealed record MistakeSpec(string Id, string Message, string Path, TextSpan Span, LinePositionSpan Lines);
