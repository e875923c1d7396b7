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
            $"double {names["learningRate"]} = {context.Spec.Optimizer.LearningRate.Literal}",
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
            + $"reporting {Wording.TrainingFigures(context)}. The model stays on <paramref name=\"{Bare(names["device"])}\"/> "
            + $"and is left {LeftWith(context)}in evaluation mode; after an exception, every module is in the mode it had before.");
        Param(writer, names["trainBatches"], $"Batches of {Wording.Batch(context)}. Must be readable once per epoch.");
        Param(writer, names["epochs"], "Number of epochs, at least 1.");
        Param(
            writer,
            names["validationBatches"],
            context.Spec.NeedsValidation
                ? "Validation data, evaluated after each epoch. They must be given: a figure over them is watched."
                : "Validation data, evaluated after each epoch, or null for none.");
        WriteCommonDocumentation(writer, context);
        writer.Doc(
            "exception",
            "An argument or the first batch is not what training needs; no weight has been updated.",
            " cref=\"global::System.ArgumentException\"");
        if (context.Spec.NeedsValidation)
        {
            writer.Doc("exception", "There are no validation data.", " cref=\"global::System.ArgumentNullException\"");
        }

        if (context.Spec.StopsOnNaN || context.Spec.DetectsAnomaly)
        {
            writer.Doc(
                "exception",
                $"A value is {(context.Spec.StopsOnNaN ? "NaN or infinite" : "NaN")}; the message says which was the first, where, and what to do.",
                $" cref=\"global::LoopGen.NonFiniteException\"");
        }

        writer.Doc(
            "exception",
            "The model has nothing to train, or the batches used a tensor that was already freed.",
            " cref=\"global::System.InvalidOperationException\"");
    }

    /// <summary>The parameters for whole tensors.</summary>
    public static void WriteTensorDocumentation(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        for (var i = 0; i < names.Inputs.Count; i++)
        {
            Param(writer, names.Inputs[i], $"The samples of <c>{Bare(names.TupleInputs[i])}</c>: shape (samples, …).");
        }

        Param(writer, names.Target, $"The targets, one per sample ({context.Loss.Target}).");
        if (names.Weight is { } weight)
        {
            Param(writer, weight, $"The weights: {Wording.Weights}.");
        }
    }

    public static void WriteCommonDocumentation(LoopWriter writer, LoopContext context, bool seedsOrder = false)
    {
        var names = context.Names;
        var title = context.Spec.Optimizer.Title;
        Param(writer, names["device"], $"Where to train; {Wording.DefaultDevice}.");
        Param(writer, names["learningRate"], context.Spec.Schedule is null
            ? $"Learning rate of the default {title}; an optimizer that is passed keeps its own."
            : "The learning rate that the schedule scales, also of an optimizer that is passed.");
        Param(
            writer,
            names["seed"],
            seedsOrder
                ? "Seeds the order of the samples and torch's global generator, and with it dropout; null leaves the generator as it is."
                : "Seeds torch's global generator, and with it dropout; null leaves it as it is.");
        Param(writer, names["optimizer"], $"An existing optimizer over this model's parameters, such as one from <c>CreateOptimizer</c>; the caller keeps it{Groups(context)}. By default a new {title}.");
        Param(writer, names["verbose"], "How to show progress; by default a bar on a terminal, else a line per epoch.");
        Param(writer, names["callbacks"], "Callbacks, such as loggers or rules for stopping.");
        Param(writer, names["cancellationToken"], $"Stops training before the next {(context.HasWindows ? "window" : "batch")}. <c>Fit</c> then returns normally: {Kept(context)}, an incomplete epoch is not reported.");
        writer.Doc("returns", "The figures of each completed epoch, and why training stopped early, if it did.");
    }

    // With an average over epochs, the weights of the one that was cut short are not what the model is left with.
    private static string Kept(LoopContext context)
    {
        if (context.Spec.EarlyStopping is { RestoresBest: true })
        {
            return "the weights of the best epoch come back, if one has ended";
        }

        return context.Spec.Average switch
        {
            null => "the updates made so far stay",
            { Decay: not null } => "the averages of the updates made so far stay",
            _ => "the average of the epochs completed so far stays, if there is one",
        };
    }

    private static string LeftWith(LoopContext context)
        => context.Spec.EarlyStopping is { RestoresBest: true } ? $"with the {(context.Spec.Average is null ? string.Empty : "averaged ")}weights of the best epoch "
            : context.Spec.Average is not null ? "with the averaged weights "
            : string.Empty;

    private static string Groups(LoopContext context)
        => context.Spec.Schedule is not null && ParameterGroups.Factors(context) is { Count: > 0 and var count }
            ? $"; it must have {Literal.Of(count)} parameter groups"
            : string.Empty;

    public static void Param(LoopWriter writer, string name, string text)
        => writer.Doc("param", text, $" name=\"{Bare(name)}\"");

    public static string Bare(string name) => name.TrimStart('@');
}
