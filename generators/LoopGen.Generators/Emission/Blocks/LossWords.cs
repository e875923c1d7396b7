using LoopGen.Generators.Catalog;
using LoopGen.Generators.Explaining;
using static LoopGen.Generators.Emission.Blocks.LossForm;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>What the loss does, in words.</summary>
internal static class LossWords
{
    public static void Explain(Explanation page, LoopContext context)
    {
        var over = Over(context);
        page.At(Phase.SetUp, $"The loss is made: {context.LossTitle}.");
        page.At(Phase.Outputs, $"The first batch of a run is checked, before any weight changes: {Lower(context.Loss.CheckQuestion)}");
        if (HasSampleWeights(context))
        {
            page.At(Phase.Outputs, "Every batch is checked to have a weight for each sample.");
        }

        page.At(Phase.Loss, context.HasWindows
            ? $"The loss: {context.LossTitle}, summed over the targets of the batch."
            : $"The loss: {context.LossTitle}, averaged over {over} of the batch.");
        page.At(Phase.Record, $"The loss enters the total of the epoch, weighted by the {(DividesByWeights(context) ? "sum" : "number")} of {over}.");
        page.Average("loss", $"the mean over {over}, of all batches of the epoch together, whatever their sizes.");
        page.WaitsFor("The check of the first batch reads its targets.");

        if (context.HasWindows)
        {
            var steps = Literal.Of(context.Spec.AccumulateSteps!.Value);
            page.At(Phase.WindowBegin, "The count of what the window's losses are averaged over begins at 0.");
            page.Attribute(KnownNames.Accumulate, $"one update for every {steps} batches: the gradient of the mean over all of them, as one batch of that size would have, but that batch norm sees each batch by itself.");
        }

        if (HasSampleWeights(context))
        {
            page.Attribute(KnownNames.SampleWeights, $"each sample's losses are multiplied by its weight, and their sum is divided by the {(DividesByWeights(context) ? "weights" : "number")} of the targets.");
        }
    }

    // What the mean is over: as the emitted lines count it.
    private static string Over(LoopContext context)
    {
        var ignored = Ignores(context) ? ", less those that are ignored" : string.Empty;
        var targets = context.Loss.MeanOver == LossCatalog.AllElements ? "the elements of the targets" : "the targets";
        return DividesByWeights(context) ? $"the weights of {targets}{ignored}" : targets + ignored;
    }

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence.Substring(1);
}
