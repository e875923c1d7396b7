namespace LoopGen.Generators.Specs;

/// <summary>How gradients are limited.</summary>
/// <param name="Method">The method of the library's <c>Gradients</c>.</param>
/// <param name="Limit">Its limit.</param>
/// <param name="LogsNorm">Whether the norm before the clip is reported.</param>
internal sealed record ClipSpec(string Method, NumberSpec Limit, bool LogsNorm);
