using LoopGen.Generators.Model;

namespace LoopGen.Generators.Features;

/// <summary>A field whose weights have a learning rate of their own, or are frozen.</summary>
/// <param name="Field">The field, as it is written: <c>this.backbone</c>.</param>
/// <param name="IsModule">Whether it holds a module; else a parameter.</param>
/// <param name="Factor">What the learning rate is multiplied by, or null for frozen weights.</param>
internal sealed record FieldGroup(string Field, bool IsModule, NumberSpec? Factor)
{
    /// <summary>The field in a sentence.</summary>
    public string Title => this.Field.Replace("this.", string.Empty);

    /// <summary>Its parameters, as an argument.</summary>
    public string Parameters => this.IsModule ? $"{this.Field}.parameters()" : $"[{this.Field}]";
}
