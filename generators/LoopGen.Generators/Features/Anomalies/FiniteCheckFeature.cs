using LoopGen.Generators.Explaining;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features.Anomalies;

/// <summary><c>[StopOnNaN]</c>: the end at a loss or gradient that is not finite, noted in every step, read now and then, and before anything is kept.</summary>
internal sealed record FiniteCheckFeature : Feature
{
    public static readonly FeatureKind OfFiniteChecks = new(Read)
    {
        Attributes = [KnownNames.StopOnNaNAttributeName],
        Locals = [("finiteCheck", "checkOfValues")],
        Types = [("FiniteCheck", KnownNames.Namespace), ("NonFiniteException", KnownNames.Namespace)],
    };

    public override FeatureKind Kind => OfFiniteChecks;

    public override bool IsArithmetic => false;

    public override bool CountsUpdates => true;

    public override IReadOnlyList<(string Type, string Reason)> Exceptions => [("NonFiniteException", "A value is NaN or infinite.")];

    public override IReadOnlyList<string> Words(LoopSpec spec) => ["an error at the first NaN or infinity"];

    public override void Write(Place place, Lines lines)
    {
        var context = lines.Context;
        switch (place)
        {
            case Place.TrainBegin:
                var names = Tensors(context).Select(tensor => Literal.Of(tensor.TrimStart('@')));

                // A window's loss is a sum, which over nothing is 0.
                string[] ignores = context.Loss.IsOverClasses && !context.HasWindows ? ["ignoresTargets: true"] : [];
                string[] arguments = ["this", context.Text($"@run"), $"[{string.Join(", ", names)}]", context.Progress.Origin, .. ignores];
                lines.Add($$"""

                    // Ends the training with an error that names the first value that is NaN or infinite, and its batch.
                    using var @finiteCheck = new @FiniteCheck({{arguments}});
                    """);
                break;

            case Place.AfterBackward:
                string[] values = [context.Text($"@step"), context.Text($"@loss"), .. Tensors(context)];
                lines.Add($$"""

                    // Note on the device what is finite; the notes are read at most ten times a second, so an error may come some steps late.
                    @finiteCheck.Update({{values}});
                    """);
                break;

            case Place.BatchesEnd:
                lines.Add($$"""

                    // Read the rest of the notes and look at the weights: what is not finite is neither evaluated nor kept.
                    @finiteCheck.ThrowIfAny();
                    """);
                break;

            case Place.BeforeSave:
                lines.Add($"@finiteCheck.ThrowIfAny();");
                break;
        }
    }

    public override void Explain(Explanation page, LoopContext context)
    {
        page.At(Place.TrainBegin, "The check of values notes which are finite from here on.");
        page.At(Place.AfterBackward, "It is noted on the device whether the batch, the output, the loss and the gradients are finite; the notes are read at most ten times a second.");
        page.At(Place.BatchesEnd, "The rest of the notes is read, and the weights are looked at: if anything is not finite, training ends with an error before anything is evaluated or kept.");
        page.WaitsFor("The check of values reads its notes at most ten times a second, and at the end of the batches of an epoch.");
        page.Attribute("StopOnNaN", "an error at the first value that is not finite, with its name and its batch.");
    }

    private static IEnumerable<string> Tensors(LoopContext context) => context.Names.Tensors.Append(context.Text($"@output"));

    private static FiniteCheckFeature? Read(FeatureReading reading)
        => reading.Attributes[KnownNames.StopOnNaNAttributeName] is null ? null : new FiniteCheckFeature();
}
