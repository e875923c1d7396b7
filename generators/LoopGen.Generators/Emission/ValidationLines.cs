namespace LoopGen.Generators.Emission;

/// <summary>The validation in <c>Fit</c>: given or not, of the weights or of their averages.</summary>
internal static class ValidationLines
{
    /// <summary>What is thrown where validation data are needed and absent.</summary>
    public const string Exception = "ArgumentNullException";

    /// <summary>Refuses a call without validation data before anything is touched, where a block watches them.</summary>
    public static void WriteCheck(LoopWriter writer, LoopContext context)
    {
        if (context.Spec.NeedsValidation)
        {
            writer.Comment($"{Watchers(context)} figures of the validation data.");
            writer.Line($"{context.Type(Exception)}.ThrowIfNull({context.Names["validationBatches"]});");
            writer.Blank();
        }
    }

    /// <summary>Computes the scores after an epoch.</summary>
    public static void Write(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        var scores = names["scores"];
        var arguments = context.ArgumentsFor(
            Specs.LoopMember.EvaluateBatches,
            [("validationBatches", names["validationBatches"]), ("device", names["device"])]);
        var call = $"this.Evaluate({string.Join(", ", arguments)})";
        var isNeeded = context.Spec.NeedsValidation;
        if (context.Spec.Average is null)
        {
            if (isNeeded)
            {
                writer.Line($"var {scores} = {call};");
            }
            else
            {
                writer.Conditional($"var {scores} = {names["validationBatches"]} is null", "null", call);
            }

            return;
        }

        if (isNeeded)
        {
            WriteComment();
            writer.Line($"{context.ScoresType} {scores};");
            WriteSwap();
            return;
        }

        writer.Line($"{context.ScoresType}? {scores} = null;");
        using (writer.Block($"if ({names["validationBatches"]} is not null)"))
        {
            WriteComment();
            WriteSwap();
        }

        void WriteComment() => writer.Comment("Evaluate the averages in place of the weights; the swap ends with the block.");

        void WriteSwap()
        {
            using (writer.Block($"using ({names["averagedWeights"]}.SwapIn())"))
            {
                writer.Line($"{scores} = {call};");
            }
        }
    }

    private static string Watchers(LoopContext context)
    {
        List<string> watchers = [];
        if (context.Spec.Schedule?.Monitor?.IsValidation == true)
        {
            watchers.Add("the schedule");
        }

        if (context.Spec.EarlyStopping?.Monitor.IsValidation == true)
        {
            watchers.Add("the rule for stopping");
        }

        if (context.Spec.Checkpoint?.Best?.NeedsValidation == true)
        {
            watchers.Add("the choice of the best weights");
        }

        var all = Rules.Phrase.All(watchers);
        return $"{char.ToUpperInvariant(all[0])}{all.Substring(1)} {(watchers.Count == 1 ? "watches" : "watch")}";
    }
}
