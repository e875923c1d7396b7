using LoopGen.Generators.Emission.Blocks;
using LoopGen.Generators.Explaining;
using LoopGen.Generators.Specs;

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
            .. Checkpoints(context),
            $"{context.Torch}.optim.Optimizer? {names["optimizer"]} = null",
            $"{context.Type("Verbosity")} {names["verbose"]} = {context.Type("Verbosity")}.Auto",
            $"{context.Type("IReadOnlyList")}<{context.Type("Callback")}>? {names["callbacks"]} = null",
            $"{context.Type("CancellationToken")} {names["cancellationToken"]} = default",
        ];
    }

    /// <summary>The same as arguments of a call of the core overload.</summary>
    public static IReadOnlyList<(string Name, string Value)> CommonArguments(LoopContext context)
    {
        string[] resume = context.Spec.Checkpoint is null ? [] : ["resume", "checkpointFolder"];
        string[] common = ["device", "learningRate", "seed", .. resume, "optimizer", "verbose", "callbacks", "cancellationToken"];
        return common.Select(name => (context.Names[name], context.Names[name])).ToArray();
    }

    public static void WriteDocumentation(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        writer.Doc(
            "summary",
            $"Trains the model with {Wording.Optimizer(context)} on {context.Loss.Title}: per epoch one pass over "
            + $"<paramref name=\"{Bare(names["trainBatches"])}\"/>, then one over <paramref name=\"{Bare(names["validationBatches"])}\"/>, "
            + $"reporting {Wording.TrainingFigures(context)}. The model stays on <paramref name=\"{Bare(names["device"])}\"/> "
            + $"and is left {LeftWith(context)}in evaluation mode; after an exception, every module is in the mode it had before.");
        Param(writer, names["trainBatches"], $"Batches of {Wording.Batch(context)}. Must be readable once per epoch.");
        Param(writer, names["epochs"], Epochs(context));
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
            context.Spec.Checkpoint is null
                ? "The model has nothing to train, or the batches used a tensor that was already freed."
                : "The model has nothing to train, the batches used a tensor that was already freed, or the checkpoint is one of another training.",
            " cref=\"global::System.InvalidOperationException\"");
        if (context.Spec.Checkpoint is not null)
        {
            writer.Doc(
                "exception",
                "A checkpoint cannot be written or read, or another training has the folder; checkpoints that were there are unharmed.",
                " cref=\"global::System.IO.IOException\"");
        }

        WriteRemarks(writer, context);
    }

    // The page of loopgen explain: from one text, so that neither tells of another loop than the other.
    private static void WriteRemarks(LoopWriter writer, LoopContext context)
    {
        var words = Explanation.Of(context);
        writer.Line("/// <remarks>");
        foreach (var (title, sentences) in OrderOfEvents.Of(context, words))
        {
            Paragraph(title, sentences);
        }

        foreach (var (title, sentences) in words.Sections)
        {
            Paragraph(title, sentences);
        }

        writer.Line("/// </remarks>");

        void Paragraph(string title, IEnumerable<string> sentences)
            => writer.Doc("para", $"<b>{title}.</b> {string.Join(" ", sentences).Replace("&", "&amp;").Replace("<", "&lt;")}");
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
        Param(writer, names["device"], $"Where to train; {Wording.DefaultDevice}.");
        Param(writer, names["learningRate"], LearningRate(context));
        Param(writer, names["seed"], Seed(context, seedsOrder));
        if (context.Spec.Checkpoint is not null)
        {
            Param(
                writer,
                names["resume"],
                $"<c>true</c> goes on from the newest whole checkpoint in <paramref name=\"{Bare(names["checkpointFolder"])}\"/>, or begins anew where there is none; "
                + "<c>Resume.From(path)</c> goes on from one file, <c>Resume.Replay(path, step)</c> repeats one step. By default training "
                + "begins anew, and checkpoints of an earlier one are moved aside.");
            Param(writer, names["checkpointFolder"], "The folder of the checkpoints, which is made if there is none. One training at a time can have it.");
        }

        Param(writer, names["optimizer"], $"An existing optimizer over this model's parameters, such as one from <c>CreateOptimizer</c>; the caller keeps it{Groups(context)}. By default {(context.Owns(LoopMember.CreateOptimizer) ? "one that <c>CreateOptimizer</c> makes" : $"a new {context.Spec.Optimizer.Title}")}.");
        Param(writer, names["verbose"], "How to show progress; by default a bar on a terminal, else a line per epoch.");
        Param(writer, names["callbacks"], "Callbacks, such as loggers or rules for stopping.");
        Param(writer, names["cancellationToken"], $"Stops training before the next {(context.HasWindows ? "window" : "batch")}. <c>Fit</c> then returns normally: {Kept(context)}, an incomplete epoch is not reported.");
        writer.Doc("returns", "The figures of each completed epoch, and why training stopped early, if it did.");
    }

    /// <summary>What the number of epochs counts.</summary>
    public static string Epochs(LoopContext context) => context.Spec.Checkpoint is null
        ? "Number of epochs, at least 1."
        : "Number of epochs in all, at least 1, those before a resume among them.";

    private static string LearningRate(LoopContext context) => context switch
    {
        { Spec.Schedule: not null } => "The learning rate that the schedule scales, also of an optimizer that is passed.",
        _ when !context.Owns(LoopMember.CreateOptimizer) => $"Learning rate of the default {context.Spec.Optimizer.Title}; an optimizer that is passed keeps its own.",
        _ when OptimizerBlock.IsGivenLearningRate(context) => "The learning rate that <c>CreateOptimizer</c> is given; an optimizer that is passed keeps its own.",
        _ => "Of no effect: <c>CreateOptimizer</c> has no such parameter.",
    };

    private static string Seed(LoopContext context, bool seedsOrder) => (context.Spec.Checkpoint is not null, seedsOrder) switch
    {
        (true, true) => "Seeds the order of the samples and the randomness of every step; by default a seed is drawn from torch's global generator. A training that is resumed keeps its own.",
        (true, false) => "Seeds the randomness of every step; by default a seed is drawn from torch's global generator. A training that is resumed keeps its own.",
        (false, true) => "Seeds the order of the samples and torch's global generator, and with it dropout; null leaves the generator as it is.",
        (false, false) => "Seeds torch's global generator, and with it dropout; null leaves it as it is.",
    };

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

    private static string[] Checkpoints(LoopContext context) => context.Spec.Checkpoint is { } checkpoint
        ? [$"{context.Type("Resume")} {context.Names["resume"]} = default", $"string {context.Names["checkpointFolder"]} = {Literal.Of(checkpoint.Folder)}"]
        : [];

    public static void Param(LoopWriter writer, string name, string text)
        => writer.Doc("param", text, $" name=\"{Bare(name)}\"");

    public static string Bare(string name) => name.TrimStart('@');
}
