using LoopGen.Generators.Explaining;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features.Anomalies;

/// <summary><c>[DetectAnomaly]</c>: the search for where a NaN comes from, by torch's scope, hooks on the modules, and the place in the error.</summary>
internal sealed record AnomalyFeature : Feature
{
    public static readonly FeatureKind OfAnomalies = new(Read)
    {
        Attributes = [KnownNames.DetectAnomalyAttributeName],
        Locals = [("anomalyMode", "anomalyScope"), ("anomalyCheck", "checkOfModules"), ("exception", "backwardException")],
        Types =
        [
            ("AnomalyCheck", KnownNames.Namespace),
            ("NonFiniteException", KnownNames.Namespace),

            // What torch's wrapper throws.
            ("ExternalException", "System.Runtime.InteropServices"),
        ],
    };

    public override FeatureKind Kind => OfAnomalies;

    public override bool IsArithmetic => false;

    public override bool CountsUpdates => true;

    public override IReadOnlyList<(string Type, string Reason)> Exceptions => [("NonFiniteException", "A value is NaN.")];

    public override IReadOnlyList<string> Words(LoopSpec spec) => ["anomaly detection (slow)"];

    public override void Write(Place place, Lines lines)
    {
        switch (place)
        {
            case Place.TrainBegin:
                var inputs = lines.Context.Names.Inputs.Select(input => Literal.Of(input.TrimStart('@')));
                string[] arguments = ["this", lines.Context.Text($"@run"), $"[{string.Join(", ", inputs)}]", lines.Context.Progress.Origin];
                lines.Add($$"""

                    // Slow, to find a mistake: the backward pass looks at every gradient, and hooks at the output of every module.
                    using var @anomalyMode = @torch.autograd.detect_anomaly();
                    using var @anomalyCheck = new @AnomalyCheck({{arguments}});
                    """);
                break;

            case Place.Batch:
                lines.Add($"@anomalyCheck.BeginBatch(@step);");
                break;
        }
    }

    public override bool Encloses(Region region) => region == Region.Backward;

    public override void Open(Region region, Lines lines) => lines.Add($$"""
        try
        {
        """);

    // Its error names an operation and, here, the batch.
    public override void Close(Region region, Lines lines) => lines.Add($$"""
        }
        catch (@ExternalException @exception) when (@AnomalyCheck.IsNaN(@exception))
        {
            throw @anomalyCheck.Error(@exception);
        }
        """);

    public override void Explain(Explanation page, LoopContext context)
    {
        page.At(Place.TrainBegin, "torch's anomaly detection begins, and hooks look at the output of every module.");
        page.At(Place.Batch, "The search for NaN remembers which batch this is.");
        page.WaitsFor("The search for NaN reads the output of every module, and the backward pass every gradient: it is slow.");
        page.Attribute("DetectAnomaly", "the search for the module or operation that makes a NaN.");
    }

    private static AnomalyFeature? Read(FeatureReading reading)
        => reading.Attributes[KnownNames.DetectAnomalyAttributeName] is null ? null : new AnomalyFeature();
}
