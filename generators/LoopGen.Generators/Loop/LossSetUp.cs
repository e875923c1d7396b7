using LoopGen.Generators.Text;
using static LoopGen.Generators.Loop.LossForm;

namespace LoopGen.Generators.Loop;

/// <summary>The loss as it is made before the first epoch, with the weights of the classes and the numbers that it needs.</summary>
internal static class LossSetUp
{
    public static void Write(LoopKind kind, Lines lines)
    {
        var context = lines.Context;
        var loss = context.Spec.Losses[0];
        var divisor = $"The sum of the weighted losses is divided by the {(DividesByWeights(context) ? "weights of the" : "number of")} targets.";
        string[] weights = [.. loss.ClassWeights.Select(Literal.OfSingle)];
        if (HasClassWeights(context))
        {
            lines.Add($$"""

                // A weight for each class. {{divisor}}
                using var @classWeights = @torch.tensor(new[] { {{weights}} }, device: @device);
                """);
        }

        // The factory lacks what only the constructor takes.
        var create = loss.ConstructorNumbers.Count > 0 ? $"new {context.Type(context.Loss.Factory)}" : context.Text($"@torch.nn.{context.Loss.Factory}");
        lines.Add($$"""
            {{() => WriteReason(kind, lines, divisor)}}
            using var @lossFunction = {{create}}({{Arguments(kind, context)}});
            {{() => WriteScalars(kind, lines)}}
            {{kind == LoopKind.Training}}var @firstBatch = new @FirstBatch({{(context.Features.Any(feature => feature.ChangesBatches) ? string.Empty : context.Text($"@trainBatches, @validationBatches"))}});
            {{kind == LoopKind.Evaluation}}var @firstBatch = @FirstBatch.OfValidation(@validationBatches);
            {{() => WriteWindowScale(kind, lines)}}
            """);
    }

    // The gradients of a window are those of a sum until it ends.
    private static void WriteWindowScale(LoopKind kind, Lines lines)
    {
        if (IsSummed(kind, lines.Context))
        {
            lines.Add($$"""

                // Keeps the sums of a window within what float16 holds; it changes nothing for models of another type.
                using var @windowScale = new @WindowScale(this, batches: {{Literal.Of(lines.Context.BatchesPerUpdate!.Value)}});
                """);
        }
    }

    private static IReadOnlyList<string> Arguments(LoopKind kind, LoopContext context)
    {
        var loss = context.Spec.Losses[0];
        List<string> arguments = [.. loss.Numbers.Select(number => number.ToString())];
        if (HasClassWeights(context))
        {
            arguments.Add(context.Text($"weight: @classWeights"));
        }

        if (loss.IgnoreIndex is { } index)
        {
            arguments.Add($"ignore_index: {Literal.Of(index)}");
        }

        if (Reduction(kind, context) is { } reduction)
        {
            arguments.Add(context.Text($"reduction: @torch.nn.Reduction.{reduction}"));
        }

        arguments.AddRange(loss.ConstructorNumbers.Select(number => number.ToString()));
        return arguments;
    }

    // Why the losses are not torch's mean.
    private static void WriteReason(LoopKind kind, Lines lines, string divisor)
    {
        var context = lines.Context;
        var unlikeMeans = IsSummed(kind, context) ? "nlike means, the sums of batches of any size add up." : null;
        if (HasSampleWeights(context))
        {
            lines.Add($$"""

                // Not reduced: each target's loss is multiplied by its sample's weight first.{{(HasClassWeights(context) ? string.Empty : $" {divisor}")}}{{(unlikeMeans is null ? string.Empty : $" U{unlikeMeans}")}}
                """);
        }
        else if (unlikeMeans is not null)
        {
            lines.Add($$"""

                // Summed: u{{unlikeMeans}}
                """);
        }
    }

    // A finalizer may free the Scalar of a raw number while the operation still needs it. An addition has one, too.
    private static void WriteScalars(LoopKind kind, Lines lines)
    {
        var context = lines.Context;
        var hasOne = IsSummed(kind, context) && IsCountedOnDevice(context);
        var hasIndex = Ignores(context) && DividesByWeights(context);
        if (hasOne || hasIndex)
        {
            lines.Add($$"""
                // Made once: a number in the call would become a native Scalar in every batch, freed only by its finalizer.
                {{hasIndex}}using var @ignoreIndex = ({{Literal.OfLong(IgnoredIndex(context))}}).ToScalar();
                {{hasOne}}using var @one = (1L).ToScalar();
                """);
        }
    }
}
