namespace LoopGen.Generators.Loop;

/// <summary>
/// The one owner of a training's place: epoch, step, and place in the epoch. It is a plain counter where anyone counts
/// updates, and an object that outlives the process where a feature keeps the place.
/// </summary>
internal sealed class Progress(LoopContext context)
{
    /// <summary>Whether the place is kept, so that an interrupted epoch goes on where it was.</summary>
    public bool IsKept { get; } = context.Features.Any(feature => feature.KeepsPlace);

    /// <summary>Whether the loop counts its updates by itself.</summary>
    public bool HasCounter => !this.IsKept && context.Features.Any(feature => feature.CountsUpdates);

    /// <summary>The number of updates made.</summary>
    public string Step => this.IsKept ? context.Text($"@progress.Step") : context.Names.Step;

    /// <summary>What an error about a step tells of where it came from.</summary>
    public string Origin => this.IsKept ? context.Text($"progress: @progress") : context.Text($"@seed");

    /// <summary>The epoch that comes first.</summary>
    public string FirstEpoch => this.IsKept ? context.Text($"@progress.Epoch") : "1";

    /// <summary>What the begin of an epoch is told.</summary>
    public string Position => this.IsKept ? context.Text($", @progress.Position") : string.Empty;

    /// <summary>Where an epoch that was interrupted goes on.</summary>
    public string StartAt => this.IsKept ? context.Text($", startAt: @progress") : string.Empty;
}
