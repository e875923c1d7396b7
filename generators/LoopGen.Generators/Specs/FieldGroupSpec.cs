namespace LoopGen.Generators.Specs;

/// <summary>A field whose weights have a learning rate of their own, or are frozen.</summary>
/// <param name="Field">The field, as it is written: <c>this.backbone</c>.</param>
/// <param name="IsModule">Whether it holds a module; else a parameter.</param>
/// <param name="Factor">What the learning rate is multiplied by, or null for frozen weights.</param>
internal sealed record FieldGroupSpec(string Field, bool IsModule, NumberSpec? Factor);
