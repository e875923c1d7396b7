using LoopGen.Generators.Explaining;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>The search for where a NaN comes from: torch's scope, hooks on the modules, and the place in the error.</summary>
internal sealed class AnomalyBlock : IExplainedBlock
{
    /// <summary>What torch's wrapper throws.</summary>
    public const string Exception = "ExternalException";

    public void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        if (kind != LoopKind.Training || !context.Spec.DetectsAnomaly)
        {
            return;
        }

        var names = context.Names;
        switch (phase)
        {
            case Phase.TrainBegin:
                writer.Blank();
                writer.Comment("Slow, to find a mistake: the backward pass looks at every gradient, and hooks at the output of every module.");
                writer.Line($"using var {names["anomalyMode"]} = {context.Torch}.autograd.detect_anomaly();");
                var inputs = names.Inputs.Select(input => Literal.Of(input.TrimStart('@')));
                writer.List(
                    $"using var {names["anomalyCheck"]} = new {context.Type("AnomalyCheck")}(",
                    ["this", names["run"], $"[{string.Join(", ", inputs)}]", context.StepOrigin],
                    ");");
                break;

            case Phase.Batch:
                writer.Line($"{names["anomalyCheck"]}.BeginBatch({context.Step});");
                break;
        }
    }

    /// <summary>Step 4, whose error names an operation and, here, the batch.</summary>
    public static void WriteBackward(LoopWriter writer, LoopContext context, LoopKind kind)
    {
        var names = context.Names;
        var backward = $"{names["loss"]}.backward();";
        if (kind != LoopKind.Training || !context.Spec.DetectsAnomaly)
        {
            writer.Line(backward);
            return;
        }

        var check = names["anomalyCheck"];
        var exception = names["exception"];
        using (writer.Block("try"))
        {
            writer.Line(backward);
        }

        using (writer.Block($"catch ({context.Type(Exception)} {exception}) when ({context.Type("AnomalyCheck")}.IsNaN({exception}))"))
        {
            writer.Line($"throw {check}.Error({exception});");
        }
    }

    public void Explain(Explanation page, LoopContext context)
    {
        if (!context.Spec.DetectsAnomaly)
        {
            return;
        }

        page.At(Phase.TrainBegin, "torch's anomaly detection begins, and hooks look at the output of every module.");
        page.At(Phase.Batch, "The search for NaN remembers which batch this is.");
        page.WaitsFor("The search for NaN reads the output of every module, and the backward pass every gradient: it is slow.");
        page.Attribute("DetectAnomaly", "the search for the module or operation that makes a NaN.");
    }
}
