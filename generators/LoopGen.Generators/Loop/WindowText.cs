using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>The batches of an epoch in windows: gradients add up over a window, then the weights are updated once.</summary>
internal static class WindowText
{
    public static void Write(Lines lines)
    {
        var context = lines.Context;
        var size = Literal.Of(context.BatchesPerUpdate!.Value);
        lines.Add($$"""
            // The weights are updated once for every {{size}} batches; the last window of an epoch may be shorter.
            // Windows frees what the source made for a batch when the next is asked for; an empty source throws.
            foreach (var @window in @Batches.Windows(@trainBatches, size: {{size}}{{context.Progress.StartAt}}))
            {
                {{() => BatchesText.WriteStop(lines)}}

                {{Place.StepBegin}}
                // Frees what is made for the window when it ends.
                using var @windowScope = @torch.NewDisposeScope();

                // 1. Clear the previous window's gradients.
                this.zero_grad();
                var {{LossText.WindowCount(context)}} = {{LossText.WindowStart(context)}};
                {{Place.WindowBegin}}

                foreach (var ({{string.Join(", ", context.Names.HostTensors)}}) in @window)
                {
                    // Frees every tensor made below when the batch ends.
                    using var @batchScope = @torch.NewDisposeScope();

                    {{() => BatchesText.WriteMove(lines)}}
                    {{Place.Batch}}

                    {{() => StepText.WriteForwardToBackward(lines, "the gradients add up over the window")}}

                    {{() => BatchesText.WriteRecord(lines)}}
                }

                // The sums become the {{(context.Spec.Losses[0].DividesByWeights ? "weighted mean" : "mean")}} over the window's targets.
                @windowScale.Divide({{LossText.WindowCount(context)}});
                {{Place.Gradients}}

                {{() => StepText.WriteUpdate(lines)}}
                {{Place.StepEnd}}
            }
            """);
    }
}
