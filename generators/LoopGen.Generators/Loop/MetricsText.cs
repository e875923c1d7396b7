using LoopGen.Generators.Explaining;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>One accumulator a metric: made once, updated per batch.</summary>
internal static class MetricsText
{
    public static void Write(Lines lines)
    {
        foreach (var (metric, local) in All(lines.Context))
        {
            var type = metric.Source == MetricSource.Type ? metric.TypeName : lines.Context.Type(metric.TypeName);
            string[] arguments = [lines.Context.Text($"@device"), .. metric.Arguments.Select(argument => argument.ToString())];
            lines.Add($"using var {local} = new {type}({arguments});");
        }
    }

    public static void WriteUpdate(Lines lines)
    {
        var target = lines.Context.Names.Target;
        foreach (var (metric, local) in All(lines.Context))
        {
            if (metric.Call is { } call)
            {
                // Detached: a figure needs no gradient.
                lines.Add($"{local}.UpdateSamples({lines.Context.Method(call)}(@output.detach(), {target}), samples: {target}.shape[0]);");
            }
            else
            {
                lines.Add($"{local}.Update(@output, {target});");
            }
        }
    }

    public static void Explain(Explanation page, LoopContext context)
    {
        foreach (var metric in context.Spec.Metrics)
        {
            var figure = FigureName.FromMember(metric.Member);
            var own = metric.Call?.Replace("this.", string.Empty);
            page.At(Place.Record, own is null
                ? $"{figure} takes in the output and the target of the batch."
                : $"{own} computes {figure} for the batch, from the output without its graph.");
            page.Average(figure, metric.Source switch
            {
                MetricSource.Method => $"the mean of what {own} returns, over the samples of the epoch: each value of a vector counts once, a scalar as often as its batch has samples.",
                MetricSource.Type => $"what {metric.TypeName.Replace("global::", string.Empty)} computes from all batches of the epoch together.",
                _ => $"over all targets of the epoch together{(metric.Arguments.Any(argument => argument.Name == "ignoreIndex") ? " but those that are ignored" : string.Empty)}, whatever the size of the batches.",
            });
            page.Attribute(KnownNames.MetricEnum, $"{figure}, and val_{figure} over the validation data{(context.HasSampleWeights ? "; the weights of the samples do not enter it" : string.Empty)}.");
        }
    }

    private static IEnumerable<(MetricSpec Metric, string Local)> All(LoopContext context)
        => context.Spec.Metrics.Zip(context.Names.Metrics, (metric, local) => (metric, local));
}
