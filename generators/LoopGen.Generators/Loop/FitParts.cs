using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>What stands in the holes of <see cref="FitText"/>.</summary>
internal sealed class FitParts(Lines lines)
{
    private readonly LoopContext context = lines.Context;

    public Action Documentation => () => FitSignature.WriteDocumentation(lines);

    public Action Signature => () => Loop.Signature.Write(lines, this.context.Text($"@History<{this.LogType}>"), "Fit", FitSignature.Parameters(this.context));

    public Action NeedOfValidation => () => ValidationText.WriteNeed(lines);

    public string[] RunArguments =>
    [
        "this",
        this.context.Text($"@trainBatches"),
        this.context.Text($"@epochs"),
        this.context.Text($"@verbose"),
        this.context.Text($"@callbacks"),
        this.context.Text($"@cancellationToken"),
    ];

    public Action RateCheck => () => OptimizerText.WriteRateCheck(lines);

    public Action Optimizer => () => OptimizerText.Write(lines);

    public Action LossFunction => () => LossSetUp.Write(LoopKind.Training, lines);

    public Action Totals => () => TotalsText.Write(lines);

    public string LogType => this.context.LogType;

    public bool CountsUpdates => this.context.Progress.HasCounter;

    public string FirstEpoch => this.context.Progress.FirstEpoch;

    public string Position => this.context.Progress.Position;

    public string ButKept => this.context.Progress.IsKept ? ", but its place is kept" : string.Empty;

    public Action Resets => () =>
    {
        if (!this.context.Progress.IsKept)
        {
            this.WriteResets();
            return;
        }

        lines.Add($$"""

            // An epoch that was interrupted goes on with the totals that it had.
            if (!@progress.IsMidEpoch)
            {
                {{this.WriteResets}}
            }

            """);
    };

    public Action Batches => () =>
    {
        if (this.context.HasWindows)
        {
            WindowText.Write(lines);
            return;
        }

        BatchesText.Write(lines);
    };

    public Action Validation => () => ValidationText.Write(lines);

    public string[] TrainingFigures =>
    [
        this.context.Text($"@epoch"),
        .. this.context.Figures.Select(figure => $"{figure.Member}: {figure.Total}.Compute()"),
        .. this.context.AddedFigures.Select(figure => $"{figure.Member}: {figure.Expression}"),
    ];

    public string[] ValidationFigures
        => [.. this.context.Figures.Select(figure => this.context.Text($"Val{figure.Member}: @scores{(this.context.NeedsValidation ? string.Empty : "?")}.{figure.Member}"))];

    private void WriteResets()
    {
        TotalsText.WriteResets(lines);
        lines.Add($$"""{{Place.EpochBegin}}""");
    }
}
