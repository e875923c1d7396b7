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
                    writer.List($"using var {local} = new {context.Type(metric.TypeName)}(", arguments, ");");
                    break;

                case Phase.EpochBegin:
                    writer.Line($"{local}.Reset();");
                    break;

                case Phase.Record:
                    writer.Line($"{local}.Update({names["output"]}, {names.Target});");
                    break;
            }
        }
    }
}
