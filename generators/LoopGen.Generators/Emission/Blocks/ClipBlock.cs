using System.Globalization;
using LoopGen.Generators.Catalog;
using LoopGen.Generators.Explaining;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>The limit of the gradients, between backward and update.</summary>
internal sealed class ClipBlock : IFigureBlock, IExplainedBlock
{
    public void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        if (kind is not (LoopKind.Training or LoopKind.SingleStep) || context.Spec.Clip is not { } clip)
        {
            return;
        }

        var names = context.Names;
        var logsNorm = clip.LogsNorm && kind == LoopKind.Training;
        switch (phase)
        {
            case Phase.Totals when logsNorm:
                writer.Line($"using var {names["gradientNorm"]} = new {context.Type("Mean")}({names["device"]}, name: \"gradient_norm\");");
                break;

            case Phase.EpochBegin when logsNorm:
                writer.Line($"{names["gradientNorm"]}.Reset();");
                break;

            case Phase.Gradients:
                var call = $"{context.Type("Gradients")}.{clip.Method}(this, {clip.Limit})";
                writer.Blank();
                writer.Comment(string.Format(CultureInfo.InvariantCulture, ClipCatalog.Get(clip.Method).Comment, Literal.Plain(clip.Limit.Value)));
                if (logsNorm)
                {
                    writer.Line($"var {names["norm"]} = {call};");
                    writer.Line($"{names["gradientNorm"]}.Update({names["norm"]}, count: 1);");
                }
                else
                {
                    writer.Line($"{call};");
                }

                break;
        }
    }

    public void Explain(Explanation page, LoopContext context)
    {
        if (context.Spec.Clip is not { } clip)
        {
            return;
        }

        var limit = string.Format(CultureInfo.InvariantCulture, ClipCatalog.Get(clip.Method).Event, Literal.Plain(clip.Limit.Value));
        page.At(Phase.Gradients, limit);
        page.Attribute(KnownNames.ClipGradients, $"the limit to the gradients, in each update.");
        if (clip.LogsNorm)
        {
            page.Average("gradient_norm", "the mean of the global norm before the clip, over the updates of the epoch.");
        }
    }

    public IEnumerable<TrainingFigure> Figures(LoopContext context)
    {
        if (context.Spec.Clip is { LogsNorm: true })
        {
            yield return new TrainingFigure(
                "GradientNorm", $"{context.Names["gradientNorm"]}.Compute()", "The mean over the epoch's updates of the global norm of the gradients before the clip.");
        }
    }
}
