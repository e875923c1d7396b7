namespace LoopGen.Generators.Loop;

/// <summary>What the lines of a loss depend on.</summary>
internal static class LossForm
{
    // Means of batches of different sizes do not add up to the mean of all; sums do.
    public static bool IsSummed(LoopKind kind, LoopContext context) => kind == LoopKind.Training && context.HasWindows;

    // Torch leaves out -100 by default, and so do the counts.
    public static bool Ignores(LoopContext context) => context.Loss.IsOverClasses;

    // The index that no target counts with.
    public static long IgnoredIndex(LoopContext context) => context.Spec.Losses[0].IgnoreIndex ?? -100;

    public static bool HasClassWeights(LoopContext context) => context.Spec.Losses[0].ClassWeights.Count > 0;

    public static bool HasSampleWeights(LoopContext context) => context.HasSampleWeights;

    public static bool DividesByWeights(LoopContext context) => context.Spec.Losses[0].DividesByWeights;

    public static bool IsCountedOnDevice(LoopContext context) => Ignores(context) || DividesByWeights(context);

    // Torch's mean of weighted losses is over the weights; where it shall be over the targets, a mean of all elements
    // does, but for those that are ignored: they are elements, of loss 0.
    public static bool HasOwnMean(LoopContext context) => HasClassWeights(context) && !DividesByWeights(context);

    // The losses of weighted samples are multiplied before anything is summed.
    public static bool DividesItself(LoopKind kind, LoopContext context)
        => !IsSummed(kind, context) && (HasSampleWeights(context) ? IsCountedOnDevice(context) : HasOwnMean(context) && Ignores(context));

    public static string? Reduction(LoopKind kind, LoopContext context)
        => HasSampleWeights(context) ? "None"
            : IsSummed(kind, context) || DividesItself(kind, context) ? "Sum"
            : HasOwnMean(context) ? "None"
            : null;

    public static string InBatch(LoopContext context) => DividesByWeights(context) ? context.Text($"@weightsInBatch") : context.Text($"@targetsInBatch");

    public static bool IsSingle(LoopKind kind) => kind is LoopKind.SingleStep or LoopKind.SingleEvaluation;
}
