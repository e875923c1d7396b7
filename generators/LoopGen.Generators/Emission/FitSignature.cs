namespace LoopGen.Generators.Emission;

/// <summary>The parameters that all overloads of <c>Fit</c> share, in the one order they have everywhere, and their documentation.</summary>
internal static class FitSignature
{
    /// <summary>The parameters behind the data.</summary>
    public static IReadOnlyList<string> CommonParameters(LoopContext context)
    {
        var names = context.Names;
        return
        [
            $"{context.Device}? {names["device"]} = null",
            $"double {names["learningRate"]} = {context.Spec.Optimizer.LearningRate}",
            $"int? {names["seed"]} = null",
            $"{context.Torch}.optim.Optimizer? {names["optimizer"]} = null",
            $"{context.Type("Verbosity")} {names["verbose"]} = {context.Type("Verbosity")}.Auto",
            $"{context.Type("IReadOnlyList")}<{context.Type("Callback")}>? {names["callbacks"]} = null",
            $"{context.Type("CancellationToken")} {names["cancellationToken"]} = default",
        ];
    }

    /// <summary>The same as arguments of a call of the core overload.</summary>
    public static IReadOnlyList<(string Name, string Value)> CommonArguments(LoopContext context)
    {
        string[] common = ["device", "learningRate", "seed", "optimizer", "verbose", "callbacks", "cancellationToken"];
        return common.Select(name => (context.Names[name], context.Names[name])).ToArray();
    }

    public static void WriteDocumentation(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        writer.Doc(
            "summary",
            $"Trains the model with {context.Spec.Optimizer.Title} on {context.Loss.Title}: per epoch one pass over "
            + $"<paramref name=\"{Bare(names["trainBatches"])}\"/>, then one over <paramref name=\"{Bare(names["validationBatches"])}\"/>, "
            + $"reporting {Wording.Figures(context)}. The model stays on <paramref name=\"{Bare(names["device"])}\"/> "
            + "and is left in evaluation mode.");
        Param(writer, names["trainBatches"], $"Batches of {Wording.BatchMembers(context)} ({context.Loss.Target}). Read once per epoch.");
        Param(writer, names["epochs"], "How many passes to make, at least 1.");
        Param(writer, names["validationBatches"], "Batches to evaluate after each epoch, or null for none.");
        WriteCommonDocumentation(writer, context);
    }

    public static void WriteCommonDocumentation(LoopWriter writer, LoopContext context, bool seedsOrder = false)
    {
        var names = context.Names;
        var title = context.Spec.Optimizer.Title;
        Param(writer, names["device"], $"Where to train; {Wording.DefaultDevice}.");
        Param(writer, names["learningRate"], $"The step size of the {title} made here.");
        Param(
            writer,
            names["seed"],
            seedsOrder
                ? "Seed of the order of the samples and of the randomness in the steps (dropout), or null to draw on torch's generator."
                : "Seed of the randomness in the steps (dropout), or null to draw on torch's generator.");
        Param(writer, names["optimizer"], $"An optimizer over this model's parameters to go on with, which the caller disposes; by default a new {title}.");
        Param(writer, names["verbose"], "How progress is shown; by default a bar on a terminal, else a line per epoch.");
        Param(writer, names["callbacks"], "Observers: loggers, displays, rules for stopping.");
        Param(writer, names["cancellationToken"], "Stops before the next batch; an unfinished epoch is not reported.");
        writer.Doc("returns", "The figures of every epoch that was completed, and the reason if training stopped early.");
    }

    public static void Param(LoopWriter writer, string name, string text)
        => writer.Doc("param", text, $" name=\"{Bare(name)}\"");

    public static string Bare(string name) => name.TrimStart('@');
}
