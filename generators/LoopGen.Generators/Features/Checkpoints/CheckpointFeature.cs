using LoopGen.Generators.Explaining;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features.Checkpoints;

/// <summary><c>[Checkpoint]</c>: the state of the training, what it is made of, its return at the top, and where it is saved.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="KeepLast">How many checkpoints are kept.</param>
/// <param name="EveryEpochs">Epochs after which the state is saved.</param>
/// <param name="EverySteps">Updates after which it is saved as well, or null.</param>
/// <param name="EveryMinutes">Minutes after which it is saved as well, or null.</param>
/// <param name="Best">What tells the best weights, or null.</param>
/// <param name="SavesOnException">Whether it is saved after an exception, too.</param>
internal sealed record CheckpointFeature(
    string Folder,
    int KeepLast,
    int EveryEpochs,
    int? EverySteps,
    double? EveryMinutes,
    BestFiles? Best,
    bool SavesOnException) : Feature
{
    public static readonly FeatureKind OfCheckpoints = new(CheckpointParser.Read)
    {
        Attributes = [KnownNames.CheckpointAttributeName],
        Locals =
        [
            ("progress", "trainingProgress"),
            ("checkpoints", "checkpointFiles"),
            ("checkpoint", "checkpointFile"),
            ("checkpointFolder", "folderOfCheckpoints"),
            ("signals", "stopSignals"),
            ("resume", "resumeFrom"),
            ("settings", "settingsInWords"),
            ("fileName", "nameOfFile"),
            ("exception", "backwardException"),
        ],
        Types =
        [
            ("Checkpoints", KnownNames.Namespace),
            ("Resume", KnownNames.Namespace),
            ("StopSignals", KnownNames.Namespace),
            ("TrainingProgress", KnownNames.Namespace),
            ("Exception", "System"),
            ("FormattableString", "System"),
            ("TimeSpan", "System"),
            ("IOException", "System.IO"),
            ("IReadOnlyDictionary", "System.Collections.Generic"),
        ],
        Members = [LoopMember.ReplayStep],
    };

    public override FeatureKind Kind => OfCheckpoints;

    public override bool IsArithmetic => false;

    public override bool KeepsPlace => true;

    public override string WayToStop => "a signal";

    public override string? Watcher => this.Best is { NeedsValidation: true } best ? $"[Checkpoint] {(best.Monitor.IsValidation ? $"watches {best.Figure}" : "names its files by validation figures")}" : null;

    public override IReadOnlyList<(string Type, string Reason)> Exceptions => [("IOException", "A checkpoint cannot be written or read.")];

    public override IReadOnlyList<FitParameter> Parameters(LoopContext context) =>
    [
        new(context.Type("Resume"), context.Text($"@resume"), "default", "<c>true</c> goes on from the newest checkpoint, if there is one; by default training begins again."),
        new("string", context.Text($"@checkpointFolder"), Literal.Of(this.Folder), "The folder of the checkpoints; one training at a time can have it."),
    ];

    public override IReadOnlyList<string> Words(LoopSpec spec)
    {
        string[] details = [.. CheckpointWords.Details(this, spec)];
        var title = $"checkpoints in {Literal.Of(this.Folder)}";
        return [details.Length == 0 ? title : $"{title} ({string.Join(", ", details)})"];
    }

    public override void Write(Place place, Lines lines)
    {
        switch (place)
        {
            case Place.Resume:
                CheckpointText.WriteSetUp(this, lines);
                break;

            // Behind what others say of a training that comes back.
            case Place.Resumed:
                lines.Add($$"""
                    // Ctrl-C and SIGTERM stop as a cancellation does: the step is finished, the state is saved.
                    using var @signals = @StopSignals.Handle(@run);
                    """);
                break;

            case Place.StepBegin:
                lines.Add($$"""
                    // What is random in a step depends on the seed and the step alone, so that a resumed training repeats it.
                    @Randomness.Seed(@progress.StepSeed);

                    """);
                break;

            case Place.Record when !lines.Context.HasWindows:
            case Place.UpdateEnd when lines.Context.HasWindows:
                lines.Add($"@progress.EndStep();");
                break;

            case Place.StepEnd when this.EverySteps is not null || this.EveryMinutes is not null:
                CheckpointText.WriteSaveInEpoch(this, lines);
                break;

            case Place.Interrupted:
                lines.Add($"@checkpoints.SaveLast();");
                break;

            case Place.Decisions when this.Best is { } best:
                CheckpointText.WriteBest(best, lines);
                break;

            case Place.Save when this.EveryEpochs == 1:
                lines.Add($$"""
                    @progress.EndEpoch();
                    @checkpoints.SaveLast();
                    """);
                break;

            case Place.Save:
                lines.Add($$"""
                    @progress.EndEpoch();

                    // Save the state every {{Literal.Of(this.EveryEpochs)}} epochs, and after the last one.
                    if (@epoch % {{Literal.Of(this.EveryEpochs)}} == 0 || @epoch == @epochs || @run.IsStopped)
                    {
                        @checkpoints.SaveLast();
                    }

                    """);
                break;

            case Place.EpochsEnd when this.EveryEpochs > 1:
                lines.Add($$"""

                    // Whoever asked to stop at the end of an epoch loses nothing of it.
                    if (!@checkpoints.IsUpToDate)
                    {
                        @checkpoints.SaveLast();
                    }
                    """);
                break;

            // A Fit of the class's own that takes no checkpoint cannot go back to one.
            case Place.FitMembers when !lines.Context.Owns(LoopMember.ReplayStep) && lines.Context.Has(LoopMember.FitBatches, lines.Context.Text($"@resume")):
                ReplayText.Write(lines);
                break;

            case Place.LogMembers:
                CheckpointText.WriteReadOfLog(lines);
                break;
        }
    }

    public override bool Encloses(Region region) => region == Region.Epochs && this.SavesOnException;

    public override void Open(Region region, Lines lines) => lines.Add($$"""
        try
        {
        """);

    public override void Close(Region region, Lines lines) => lines.Add($$"""
        }
        catch (@Exception @exception)
        {
            // Keep the state as the exception left it, for Resume.From; then the exception goes on.
            @checkpoints.SaveAfter(@exception);
            throw;
        }
        """);

    public override void Explain(Explanation page, LoopContext context) => CheckpointWords.Explain(this, page, context);
}
