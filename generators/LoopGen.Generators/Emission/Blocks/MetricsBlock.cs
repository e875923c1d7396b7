using LoopGen.Generators.Explaining;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>One accumulator a metric: made once, reset per epoch, updated per batch.</summary>
internal sealed class MetricsBlock : IExplainedBlock
{
    public void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        for (var i = 0; i < context.Spec.Metrics.Count; i++)
        {
            var metric = context.Spec.Metrics[i];
            var local = names.Metrics[i];
            switch (phase)
            {
                case Phase.Totals:
                    string[] arguments = [names["device"], .. metric.Arguments.Select(argument => argument.ToString())];
                    writer.List($"using var {local} = new {TypeName(metric, context)}(", arguments, ");");
                    break;

                case Phase.EpochBegin:
                    writer.Line($"{local}.Reset();");
                    break;

                case Phase.Record when metric.Call is { } call:
                    // Detached: a figure needs no gradient.
                    writer.Line($"{local}.UpdateSamples({context.Method(call)}({names["output"]}.detach(), {names.Target}), samples: {names.Target}.shape[0]);");
                    break;

                case Phase.Record:
                    writer.Line($"{local}.Update({names["output"]}, {names.Target});");
                    break;
            }
        }
    }

    public void Explain(Explanation page, LoopContext context)
    {
        foreach (var metric in context.Spec.Metrics)
        {
            var figure = FigureName.FromMember(metric.Member);
            var own = metric.Call?.Replace("this.", string.Empty);
            page.At(Phase.Record, own is null
                ? $"{figure} takes in the output and the target of the batch."
                : $"{own} computes {figure} for the batch, from the output without its graph.");
            page.Average(figure, metric.Source switch
            {
                MetricSource.Method => $"the mean of what {own} returns, over the samples of the epoch: each value of a vector counts once, a scalar as often as its batch has samples.",
                MetricSource.Type => $"what {metric.TypeName.Replace("global::", string.Empty)} computes from all batches of the epoch together.",
                _ => $"over all targets of the epoch together{(metric.Arguments.Any(argument => argument.Name == "ignoreIndex") ? " but those that are ignored" : string.Empty)}, whatever the size of the batches.",
            });
            page.Attribute(KnownNames.MetricEnum, $"{figure}, and val_{figure} over the validation data{(context.Spec.HasSampleWeights ? "; the weights of the samples do not enter it" : string.Empty)}.");
        }
    }

    private static string TypeName(MetricSpec metric, LoopContext context)
        => metric.Source == MetricSource.Type ? metric.TypeName : context.Type(metric.TypeName);
}
