using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>The parameters that all overloads of <c>Fit</c> share, in the one order they have everywhere, and their documentation.</summary>
internal static class FitSignature
{
    /// <summary>Those of the loop's method.</summary>
    public static IReadOnlyList<string> Parameters(LoopContext context) =>
    [
        context.Text($"@IEnumerable<{context.BatchType}> @trainBatches"),
        context.Text($"int @epochs = 1"),
        context.Text($"@IEnumerable<{context.BatchType}>? @validationBatches = null"),
        .. Common(context),
    ];

    /// <summary>Those behind the data, without what a method of the class's own has dropped.</summary>
    public static IReadOnlyList<string> Common(LoopContext context, params string[] own)
    {
        (string Name, string Parameter)[] all =
        [
            (context.Text($"@device"), context.Text($"{context.Device}? @device = null")),
            (context.Text($"@learningRate"), context.Text($"double @learningRate = {context.Spec.Optimizer.LearningRate.Literal}")),
            (context.Text($"@seed"), context.Text($"int? @seed = null")),
            .. context.AddedParameters.Select(parameter => (parameter.Name, $"{parameter.Type} {parameter.Name} = {parameter.Default}")),
            (context.Text($"@optimizer"), context.Text($"@torch.optim.Optimizer? @optimizer = null")),
            (context.Text($"@verbose"), context.Text($"@Verbosity @verbose = @Verbosity.Auto")),
            (context.Text($"@callbacks"), context.Text($"@IReadOnlyList<@Callback>? @callbacks = null")),
            (context.Text($"@cancellationToken"), context.Text($"@CancellationToken @cancellationToken = default")),
        ];
        List<string> parameters = [.. all.Where(pair => context.Has(LoopMember.FitBatches, pair.Name)).Select(pair => pair.Parameter)];

        // What an overload adds stands before the last two, so that calls by position go on meaning what they meant.
        var last = all.Skip(all.Length - 2).Count(pair => context.Has(LoopMember.FitBatches, pair.Name));
        parameters.InsertRange(parameters.Count - last, own);
        return parameters;
    }

    /// <summary>The number of epochs, as a parameter of an overload.</summary>
    public static string[] Epochs(LoopContext context)
        => context.Has(LoopMember.FitBatches, context.Text($"@epochs")) ? [context.Text($"int @epochs = 1")] : [];

    /// <summary>Whether there is a parameter for validation data.</summary>
    public static bool Validates(LoopContext context) => context.Has(LoopMember.FitBatches, context.Text($"@validationBatches"));

    /// <summary>All as arguments of a call of the loop's method.</summary>
    public static IReadOnlyList<string> Arguments(LoopContext context) => context.ArgumentsFor(
        LoopMember.FitBatches,
        [
            context.Text($"@trainBatches"),
            context.Text($"@epochs"),
            context.Text($"@validationBatches"),
            context.Text($"@device"),
            context.Text($"@learningRate"),
            context.Text($"@seed"),
            .. context.AddedParameters.Select(parameter => parameter.Name),
            context.Text($"@optimizer"),
            context.Text($"@verbose"),
            context.Text($"@callbacks"),
            context.Text($"@cancellationToken"),
        ]);

    /// <summary>The documentation of the loop's method: a line a parameter. What happens in it, the loop says itself.</summary>
    public static void WriteDocumentation(Lines lines)
    {
        var context = lines.Context;
        var isOwnOptimizer = context.Owns(LoopMember.CreateOptimizer);
        lines.Add($$"""
            /// <summary>Trains with {{Wording.Optimizer(context)}} on {{context.Loss.Title}}: per epoch one pass over the training batches, then one over the validation batches, reporting {{Wording.TrainingFigures(context)}}. Leaves the model {{LeftWith(context)}}in evaluation mode.</summary>
            /// <param name="@trainBatches">Read once per epoch: {{Wording.Batch(context)}}.</param>
            /// <param name="@epochs">{{(context.Progress.IsKept ? "Number of epochs in all, those before a resume included." : "Number of epochs, at least 1.")}}</param>
            /// <param name="@validationBatches">Evaluated after each epoch; {{(context.NeedsValidation ? "a figure over them is watched" : "null for none")}}.</param>
            /// <param name="@device">Where to train; {{Wording.DefaultDevice}}.</param>
            /// <param name="@learningRate">{{LearningRate(context)}}</param>
            /// <param name="@seed">{{Seed(context)}}</param>
            {{() => WriteAddedParameters(lines)}}
            /// <param name="@optimizer">An optimizer over this model's parameters; by default {{(isOwnOptimizer ? "that of <c>CreateOptimizer</c>" : $"a new {context.Spec.Optimizer.Title}")}}.</param>
            /// <param name="@verbose">How to show progress; by default a bar on a terminal, else a line per epoch.</param>
            /// <param name="@callbacks">Callbacks, such as loggers or rules for stopping.</param>
            /// <param name="@cancellationToken">Ends training before the next {{(context.HasWindows ? "window" : "batch")}}, without an exception.</param>
            /// <returns>The figures of each complete epoch, and why training stopped early, if it did.</returns>
            /// <exception cref="@ArgumentException">Wrong arguments or data; no weight was updated.</exception>
            /// <exception cref="@InvalidOperationException">Nothing to train, or a batch that was freed.</exception>
            {{() => WriteAddedExceptions(lines)}}
            /// <remarks><c>loopgen explain {{new DocName(context.Spec.Type.Name)}}</c> tells what happens, event by event.</remarks>
            """);
    }

    /// <summary>Points an overload to the documentation of the method that it calls, unless the class declares that itself.</summary>
    public static void WriteInheritance(Lines lines, LoopMember member, Func<LoopContext, string> parameters)
    {
        if (!lines.Context.Owns(member))
        {
            lines.Add($$"""/// <inheritdoc cref="{{member.MethodName()}}({{parameters(lines.Context)}})"/>""");
        }
    }

    /// <summary>The types of the parameters of the loop's method, as documentation names them.</summary>
    public static string Types(LoopContext context)
    {
        var added = string.Concat(context.AddedParameters.Select(parameter => $"{parameter.Type}, "));
        return context.Text(
            $"{Batches(context)}, int, {Batches(context)}, {context.Device}, double, int?, {added}@torch.optim.Optimizer, @Verbosity, @IReadOnlyList{{@Callback}}, @CancellationToken");
    }

    /// <summary>The type of a source of batches, as documentation names it.</summary>
    public static string Batches(LoopContext context)
        => context.Text($"@IEnumerable{{@ValueTuple{{{string.Join(", ", context.Names.TupleTensors.Select(_ => context.Tensor))}}}}}");

    private static void WriteAddedParameters(Lines lines)
    {
        foreach (var parameter in lines.Context.AddedParameters)
        {
            lines.Add($$"""/// <param name="{{new DocName(parameter.Name)}}">{{parameter.Documentation}}</param>""");
        }
    }

    // The reason of the last where several throw the same.
    private static void WriteAddedExceptions(Lines lines)
    {
        foreach (var exception in lines.Context.Features.SelectMany(feature => feature.Exceptions).GroupBy(exception => exception.Type))
        {
            lines.Add($$"""/// <exception cref="{{lines.Context.Type(exception.Key)}}">{{exception.Last().Reason}}</exception>""");
        }
    }

    private static string LearningRate(LoopContext context) => context switch
    {
        { IsRateScheduled: true } => "What the schedule scales, also of an optimizer that is passed.",
        _ when !context.Owns(LoopMember.CreateOptimizer) => $"Of the default {context.Spec.Optimizer.Title}; an optimizer that is passed keeps its own.",
        _ when OptimizerText.IsGivenLearningRate(context) => "What <c>CreateOptimizer</c> is given; an optimizer that is passed keeps its own.",
        _ => "Of no effect: <c>CreateOptimizer</c> has no such parameter.",
    };

    private static string Seed(LoopContext context) => context.Progress.IsKept
        ? "Seeds the randomness of every step; by default drawn. A resumed training keeps its own."
        : "Seeds torch's global generator, and with it dropout; null leaves it as it is.";

    private static string LeftWith(LoopContext context)
        => context.Features.Select(feature => feature.LeavesModelWith).LastOrDefault(words => words is not null) is { } weights ? $"with {weights} " : string.Empty;
}
