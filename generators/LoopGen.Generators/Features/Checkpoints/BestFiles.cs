using LoopGen.Generators.Model;

namespace LoopGen.Generators.Features.Checkpoints;

/// <summary>Which weights are kept as files of their own.</summary>
/// <param name="Monitor">The figure that tells the best.</param>
/// <param name="Figure">Its name: <c>val_loss</c>.</param>
/// <param name="Count">How many are kept.</param>
/// <param name="FileName">What the files are called: texts and places for figures.</param>
internal sealed record BestFiles(MonitorSpec Monitor, string Figure, int Count, EquatableArray<FileNamePart> FileName)
{
    /// <summary>Whether the figure, or one in the name of the files, is one of the validation data.</summary>
    public bool NeedsValidation =>
        this.Monitor.IsValidation
        || this.FileName.Any(part => part.Placeholder?.StartsWith("val_", StringComparison.Ordinal) == true);
}
