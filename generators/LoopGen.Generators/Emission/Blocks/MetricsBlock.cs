using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>One accumulator a metric: made once, reset per epoch, updated per batch.</summary>
internal sealed class MetricsBlock : ILoopBlock
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

    private static string TypeName(MetricSpec metric, LoopContext context)
        => metric.Source == MetricSource.Type ? metric.TypeName : context.Type(metric.TypeName);
}
