using static LoopGen.Generators.Emission.Blocks.LossForm;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>The loss as it is made before the first epoch, with the weights of the classes and the numbers that it needs.</summary>
internal static class LossSetUp
{
    public static void Write(LoopKind kind, LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        var loss = context.Spec.Losses[0];
        var ignoreIndex = loss.IgnoreIndex;
        List<string> arguments = [.. loss.Numbers.Select(number => number.ToString())];
        var divisor = $"The sum of the weighted losses is divided by the {(DividesByWeights(context) ? "weights of the" : "number of")} targets.";
        if (HasClassWeights(context))
        {
            writer.Blank();
            writer.Comment($"A weight for each class. {divisor}");
            var weights = loss.ClassWeights.Select(Literal.OfSingle).ToArray();
            writer.List($"using var {names["classWeights"]} = {context.Torch}.tensor(new[] {{ ", weights, $" }}, device: {names["device"]});");
            arguments.Add($"weight: {names["classWeights"]}");
        }

        if (ignoreIndex is { } index)
        {
            arguments.Add($"ignore_index: {Literal.Of(index)}");
        }

        if (Reduction(kind, context) is { } reduction)
        {
            if (HasSampleWeights(context))
            {
                WriteReasonForLosses(kind, writer, context, divisor);
            }
            else if (IsSummed(kind, context))
            {
                writer.Blank();
                writer.Comment("Summed: unlike means, the sums of batches of any size add up.");
            }

            arguments.Add($"reduction: {context.Torch}.nn.Reduction.{reduction}");
        }

        // The factory lacks what only the constructor takes.
        arguments.AddRange(loss.ConstructorNumbers.Select(number => number.ToString()));
        var create = loss.ConstructorNumbers.Count > 0 ? $"new {context.Type(context.Loss.Factory)}" : $"{context.Torch}.nn.{context.Loss.Factory}";
        writer.List($"using var {names["lossFunction"]} = {create}(", arguments, ");");

        WriteScalars(kind, writer, context);

        if (!IsSingle(kind))
        {
            writer.Line($"var {names["firstBatch"]} = new {context.Type("FirstBatch")}();");
        }
    }

    private static void WriteReasonForLosses(LoopKind kind, LoopWriter writer, LoopContext context, string divisor)
    {
        var reason = "Not reduced: each target's loss is multiplied by its sample's weight first.";
        if (!HasClassWeights(context))
        {
            reason = $"{reason} {divisor}";
        }

        writer.Blank();
        writer.Comment(IsSummed(kind, context) ? $"{reason} Unlike means, the sums of batches of any size add up." : reason);
    }

    // A finalizer may free the Scalar of a raw number while the operation still needs it. An addition has one, too.
    private static void WriteScalars(LoopKind kind, LoopWriter writer, LoopContext context)
    {
        List<(string Name, long Value)> scalars = [];
        if (context.Spec.Losses[0].IgnoreIndex is { } ignored)
        {
            scalars.Add(("ignoreIndex", ignored));
        }

        if (IsSummed(kind, context) && IsCountedOnDevice(context))
        {
            scalars.Add(("one", 1));
        }

        if (scalars.Count > 0)
        {
            writer.Comment("Made once: a number in the call would become a native Scalar in every batch, freed only by its finalizer.");
            foreach (var (name, value) in scalars)
            {
                writer.Line($"using var {context.Names[name]} = ({Literal.OfLong(value)}).ToScalar();");
            }
        }
    }
}
