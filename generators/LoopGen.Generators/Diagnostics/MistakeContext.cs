using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Where mistakes are looked for, and who is told of them: an analyzer's host, or the generator.</summary>
internal sealed record MistakeContext(SemanticModel SemanticModel, Action<Diagnostic> ReportDiagnostic, CancellationToken CancellationToken);
