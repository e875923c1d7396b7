namespace LoopGen.Generators.Features.Clipping;

/// <summary>One way to limit gradients.</summary>
/// <param name="Property">The property of <c>[ClipGradients]</c> that chooses it and sets the limit.</param>
/// <param name="Method">The method of the library's <c>Gradients</c>.</param>
/// <param name="Argument">The method's parameter of the limit.</param>
/// <param name="Comment">What the loop says about it.</param>
/// <param name="Event">What happens, in a sentence.</param>
/// <param name="Title">In a sentence: "gradients clipped to norm"; the limit follows.</param>
/// <param name="ReturnsNorm">Whether the method tells the global norm before the clip.</param>
internal sealed record ClipRow(string Property, string Method, string Argument, string Comment, string Event, string Title, bool ReturnsNorm = false);
