namespace LoopGen.Generators.Features.Checkpoints;

/// <summary>A piece of the name of a file: a text, or the place of a figure.</summary>
/// <param name="Text">The text, or null.</param>
/// <param name="Placeholder">The name of what stands there: <c>epoch</c>, <c>step</c> or that of a figure; or null.</param>
/// <param name="Format">Its .NET format, or empty.</param>
internal sealed record FileNamePart(string? Text, string? Placeholder, string Format)
{
    /// <summary>As it is written in the attribute.</summary>
    public override string ToString()
        => this.Text ?? (this.Format.Length == 0 ? $"{{{this.Placeholder}}}" : $"{{{this.Placeholder}:{this.Format}}}");
}
