using LoopGen.Generators.Emission.Blocks;
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

    /// <summary>The documentation of the loop's method: a line a parameter. What happens in it, the loop says itself.</summary>
    public static void WriteDocumentation(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        writer.Doc(
            "summary",
            $"Trains with {Wording.Optimizer(context)} on {context.Loss.Title}: per epoch one pass over the training batches, then one over the "
            + $"validation batches, reporting {Wording.TrainingFigures(context)}. Leaves the model {LeftWith(context)}in evaluation mode.");
        Param(writer, names["trainBatches"], $"Read once per epoch: {Wording.Batch(context)}.");
        Param(writer, names["epochs"], Epochs(context));
        Param(writer, names["validationBatches"], $"Evaluated after each epoch{(context.Spec.NeedsValidation ? "; a figure over them is watched" : "; null for none")}.");
        Param(writer, names["device"], $"Where to train; {Wording.DefaultDevice}.");
        Param(writer, names["learningRate"], LearningRate(context));
        Param(writer, names["seed"], Seed(context));
        if (context.Spec.Checkpoint is not null)
        {
            Param(writer, names["resume"], "<c>true</c> goes on from the newest checkpoint, if there is one; by default training begins again.");
            Param(writer, names["checkpointFolder"], "The folder of the checkpoints; one training at a time can have it.");
        }

        Param(writer, names["optimizer"], $"An optimizer over this model's parameters; by default {(context.Owns(LoopMember.CreateOptimizer) ? "that of <c>CreateOptimizer</c>" : $"a new {context.Spec.Optimizer.Title}")}.");
        Param(writer, names["verbose"], "How to show progress; by default a bar on a terminal, else a line per epoch.");
        Param(writer, names["callbacks"], "Callbacks, such as loggers or rules for stopping.");
        Param(writer, names["cancellationToken"], $"Ends training before the next {(context.HasWindows ? "window" : "batch")}, without an exception.");
        writer.Doc("returns", "The figures of each complete epoch, and why training stopped early, if it did.");
        Exception(writer, context, "ArgumentException", "Wrong arguments or data; no weight was updated.");
        if (context.Spec.StopsOnNaN || context.Spec.DetectsAnomaly)
        {
            Exception(writer, context, "NonFiniteException", $"A value is {(context.Spec.StopsOnNaN ? "NaN or infinite" : "NaN")}.");
        }

        Exception(writer, context, "InvalidOperationException", "Nothing to train, or a batch that was freed.");
        if (context.Spec.Checkpoint is not null)
        {
            Exception(writer, context, "IOException", "A checkpoint cannot be written or read.");
        }

        writer.Doc("remarks", $"<c>loopgen explain {context.Spec.Type.Name.Replace("<", "&lt;").Replace(">", "&gt;")}</c> tells what happens, one event after the other.");
    }

    /// <summary>Points an overload to the documentation of the method that it calls, unless the class declares that itself.</summary>
    public static void WriteInheritance(LoopWriter writer, LoopContext context, LoopMember member, string parameters)
    {
        if (!context.Owns(member))
        {
            writer.Documentation($"<inheritdoc cref=\"{member.MethodName()}({parameters})\"/>");
        }
    }

    /// <summary>The types of the parameters of the loop's method, as documentation names them.</summary>
    public static string Types(LoopContext context)
    {
        var batches = Batches(context);
        var resume = context.Spec.Checkpoint is null ? string.Empty : $"{context.Type("Resume")}, string, ";
        return $"{batches}, int, {batches}, {context.Device}, double, int?, {resume}{context.Torch}.optim.Optimizer, {context.Type("Verbosity")}, "
            + $"{context.Type("IReadOnlyList")}{{{context.Type("Callback")}}}, {context.Type("CancellationToken")}";
    }

    /// <summary>The type of a source of batches, as documentation names it.</summary>
    public static string Batches(LoopContext context)
        => $"{context.Type("IEnumerable")}{{{context.Type("ValueTuple")}{{{string.Join(", ", context.Names.TupleTensors.Select(_ => context.Tensor))}}}}}";

    /// <summary>The types of the exceptions that the documentation names.</summary>
    public static string[] Exceptions(LoopContext context)
        => ["ArgumentException", "InvalidOperationException", "ValueTuple", .. context.Spec.Checkpoint is null ? (string[])[] : ["IOException"]];

    private static void Exception(LoopWriter writer, LoopContext context, string type, string text)
        => writer.Doc("exception", text, $" cref=\"{context.Type(type)}\"");

    private static string Epochs(LoopContext context) => context.Spec.Checkpoint is null
        ? "Number of epochs, at least 1."
        : "Number of epochs in all, those before a resume included.";

    private static string LearningRate(LoopContext context) => context switch
    {
        { Spec.Schedule: not null } => "What the schedule scales, also of an optimizer that is passed.",
        _ when !context.Owns(LoopMember.CreateOptimizer) => $"Of the default {context.Spec.Optimizer.Title}; an optimizer that is passed keeps its own.",
        _ when OptimizerBlock.IsGivenLearningRate(context) => "What <c>CreateOptimizer</c> is given; an optimizer that is passed keeps its own.",
        _ => "Of no effect: <c>CreateOptimizer</c> has no such parameter.",
    };

    private static string Seed(LoopContext context) => context.Spec.Checkpoint is null
        ? "Seeds torch's global generator, and with it dropout; null leaves it as it is."
        : "Seeds the randomness of every step; by default drawn. A resumed training keeps its own.";

    private static string LeftWith(LoopContext context)
        => context.Spec.EarlyStopping is { RestoresBest: true } ? "with the weights of the best epoch "
            : context.Spec.Average is not null ? "with the averaged weights "
            : string.Empty;

    private static string[] Checkpoints(LoopContext context) => context.Spec.Checkpoint is { } checkpoint
        ? [$"{context.Type("Resume")} {context.Names["resume"]} = default", $"string {context.Names["checkpointFolder"]} = {Literal.Of(checkpoint.Folder)}"]
        : [];

    public static void Param(LoopWriter writer, string name, string text)
        => writer.Doc("param", text, $" name=\"{Bare(name)}\"");

    public static string Bare(string name) => name.TrimStart('@');
}
