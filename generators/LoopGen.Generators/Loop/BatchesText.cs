using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>The batches of an epoch, one update for each.</summary>
internal static class BatchesText
{
    public static void Write(Lines lines)
    {
        var context = lines.Context;
        lines.Add($$"""
            // Checked frees what the source made for a batch when the next is asked for; an empty source throws.
            foreach (var ({{string.Join(", ", context.Names.HostTensors)}}) in @Batches.Checked(@trainBatches{{context.Progress.StartAt}}))
            {
                {{() => WriteStop(lines)}}

                {{Place.StepBegin}}
                // Frees every tensor made below when the batch ends.
                using var @batchScope = @torch.NewDisposeScope();

                {{() => WriteMove(lines)}}
                {{Place.Batch}}

                // 1. Clear the previous step's gradients.
                this.zero_grad();

                {{() => StepText.WriteForwardToBackward(lines, $"the gradient of the loss for every parameter{StepText.NotFrozen(context)}")}}
                {{Place.Gradients}}

                {{() => StepText.WriteUpdate(lines)}}

                {{() => WriteRecord(lines)}}
                {{Place.StepEnd}}
            }
            """);
    }

    /// <summary>Leaves the epoch where somebody asked to stop.</summary>
    public static void WriteStop(Lines lines) => lines.Add($$"""
        // A callback{{Askers(lines.Context)}} asked to stop with batches left: leave the epoch.
        if (@run.IsStopped)
        {
            @isComplete = false;
            break;
        }
        """);

    /// <summary>The batch on the device.</summary>
    public static void WriteMove(Lines lines)
    {
        foreach (var (host, local) in lines.Context.Names.HostTensors.Zip(lines.Context.Names.Tensors, (host, local) => (host, local)))
        {
            lines.Add($"var {local} = {MoveText.Of(host, lines.Context)};");
        }
    }

    /// <summary>The book-keeping of a batch.</summary>
    public static void WriteRecord(Lines lines)
    {
        string[] figures = [.. lines.Context.Figures.Select(figure => figure.Total)];
        lines.Add($$"""
            // Add to the totals on the device, without waiting for it.
            {{() => TotalsText.WriteUpdate(LoopKind.Training, lines)}}
            {{Place.Record}}

            @run.EndBatch({{figures}});
            """);
    }

    /// <summary>Who may ask to stop, behind "a callback".</summary>
    public static string Askers(LoopContext context)
    {
        string[] ways = ["the cancellation token", .. context.Features.Select(feature => feature.WayToStop).OfType<string>()];
        return ways.Length == 1 ? $" or {ways[0]}" : $", {string.Join(", ", ways.Take(ways.Length - 1))} or {ways[ways.Length - 1]}";
    }
}
