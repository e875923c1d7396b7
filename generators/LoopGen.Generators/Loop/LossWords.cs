using LoopGen.Generators.Explaining;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;
using static LoopGen.Generators.Loop.LossForm;

namespace LoopGen.Generators.Loop;

/// <summary>What the loss does, in words.</summary>
internal static class LossWords
{
    public static void Explain(Explanation page, LoopContext context)
    {
        var over = Over(context);
        page.At(Place.SetUp, $"The loss is made: {context.LossTitle}.");
        page.At(Place.Outputs, $"Every batch is checked, and before any weight changes all targets and validation data that are in memory: {Lower(context.Loss.CheckQuestion)}");
        if (HasSampleWeights(context))
        {
            page.At(Place.Outputs, "Every batch is checked to have a weight for each sample.");
        }

        page.At(Place.Loss, context.HasWindows
            ? $"The loss: {context.LossTitle}, summed over the targets of the batch."
            : $"The loss: {context.LossTitle}, averaged over {over} of the batch.");
        page.At(Place.Record, $"The loss enters the total of the epoch, weighted by the {(DividesByWeights(context) ? "sum" : "number")} of {over}.");
        page.Average("loss", $"the mean over {over}, of all batches of the epoch together, whatever their sizes.");
        page.WaitsFor("The check of the first batch reads its targets, and those that are in memory.");

        if (context.HasWindows)
        {
            page.At(Place.WindowBegin, "The count of what the window's losses are averaged over begins at 0.");
        }
    }

    // What the mean is over: as the emitted lines count it.
    private static string Over(LoopContext context)
    {
        var ignored = context.Spec.Losses[0].IgnoreIndex is not null ? ", less those that are ignored" : string.Empty;
        var targets = context.Loss.MeanOver == LossCatalog.AllElements ? "the elements of the targets" : "the targets";
        return DividesByWeights(context) ? $"the weights of {targets}{ignored}" : targets + ignored;
    }

    /// <summary>A sentence that goes on another.</summary>
    public static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence.Substring(1);
}
