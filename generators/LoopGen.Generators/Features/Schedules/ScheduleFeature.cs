using LoopGen.Generators.Explaining;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features.Schedules;

/// <summary><c>[Schedule(Schedule.Cosine)]</c>: the learning rate of each update, a function of the number of updates made.</summary>
internal sealed record ScheduleFeature : Feature
{
    public static readonly FeatureKind OfSchedules = new(ScheduleParser.Read)
    {
        Attributes = [KnownNames.ScheduleAttributeName],
        Locals = [("schedule", "rateSchedule"), ("rateFactors", "groupFactors")],
        Types = [.. ScheduleCatalog.Rows.Select(row => (row.TypeName, KnownNames.Namespace))],
    };

    public override FeatureKind Kind => OfSchedules;

    /// <summary>In a sentence: <c>cosine schedule with warm-up</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The library type, or null for a method of the class.</summary>
    public required string? TypeName { get; init; }

    /// <summary>The arguments after the learning rate, as they are written.</summary>
    public required EquatableArray<ArgumentSpec> Arguments { get; init; }

    /// <summary>The argument that takes the number of updates of the run, because the attribute does not say it; or null.</summary>
    public required string? RunLengthArgument { get; init; }

    /// <summary>The updates of the warm-up, to be taken off that number.</summary>
    public required long WarmupSteps { get; init; }

    /// <summary>The method that gives the factor of an update: <c>this.Rate</c>, or null.</summary>
    public required string? Method { get; init; }

    /// <summary>What the schedule watches, or null.</summary>
    public required MonitorSpec? Monitor { get; init; }

    public override bool CountsUpdates => true;

    public override bool SchedulesRate => true;

    public override string? Call => this.Method;

    public override string? Watcher => this.Monitor is { IsValidation: true } monitor ? $"[{KnownNames.ScheduleEnum}] watches {FigureName.FromMember(monitor.LogMember)}" : null;

    public override IReadOnlyList<(string Name, string Local)> State(LoopContext context) => this.TypeName is null ? [] : [("schedule", context.Text($"@schedule"))];

    // Of the last update: the counter is one ahead.
    public override IReadOnlyList<TrainingFigure> Figures(LoopContext context) => [new("LearningRate", this.Rate(context, context.Text($"@step - 1")))];

    public override IReadOnlyList<string> Words(LoopSpec spec)
    {
        string[] details = [.. this.Details(spec)];
        return [details.Length == 0 ? this.Title : $"{this.Title} ({string.Join(", ", details)})"];
    }

    public override void Write(Place place, Lines lines)
    {
        var factors = OptimizerGroups.Factors(lines.Context);
        switch (place)
        {
            case Place.SetUp:
                if (this.TypeName is { } type)
                {
                    lines.Add($$"""

                        // {{(this.Monitor is { } watched ? $"Reduces the learning rate when {FigureName.FromMember(watched.LogMember)} no longer improves." : "The learning rate as a function of the number of updates made.")}}
                        var @schedule = new {{lines.Context.Type(type)}}({{this.AllArguments(lines.Context)}});
                        """);
                }

                if (factors.Count > 0)
                {
                    lines.Add($$"""

                        // What each parameter group makes of it.
                        double[] @rateFactors = [{{factors}}];
                        """);
                }

                break;

            case Place.Update when factors.Count > 0:
                lines.Add($"@optimizer.SetLearningRate({this.Rate(lines.Context)}, @rateFactors);");
                break;

            case Place.Update:
                lines.Add($"@optimizer.SetLearningRate({this.Rate(lines.Context)});");
                break;

            case Place.Decisions when this.Monitor is { } monitor:
                lines.Add($$"""

                    @schedule.Update({{lines.Context.Watched(monitor)}});
                    """);
                break;
        }
    }

    public override void Explain(Explanation page, LoopContext context)
    {
        var method = this.Method?.Replace("this.", string.Empty);
        var figure = this.Monitor is { } monitor ? FigureName.FromMember(monitor.LogMember) : null;
        if (method is null || OptimizerGroups.Factors(context).Count > 0)
        {
            page.At(Place.SetUp, method is null
                ? $"{(this.Title[0] == 'e' ? "An" : "A")} {this.Title} is made of Fit's learning rate{(this.RunLengthArgument is null ? string.Empty : " and of the number of updates that the run will make")}."
                : "The share of the learning rate that each parameter group gets is noted.");
        }

        page.At(Place.Update, method is null
            ? $"The learning rate of this update is set by the {this.Title}."
            : $"The learning rate of this update is set: Fit's, times what {method} returns for the number of updates made.");
        if (figure is not null)
        {
            page.At(Place.Decisions, $"The schedule sees {figure}, and reduces the learning rate when it no longer improves.");
        }

        page.Average("learning_rate", "not at all: it is that of the epoch's last update.");
        page.Attribute(KnownNames.ScheduleEnum, $"{this.Title}: the learning rate is {(figure is null ? "a function of the number of updates made" : $"reduced when {figure} no longer improves")}.");
    }

    private IReadOnlyList<string> AllArguments(LoopContext context)
    {
        List<string> arguments = [context.Text($"@learningRate")];
        if (this.RunLengthArgument is { } name)
        {
            var perStep = context.BatchesPerUpdate is { } batches ? $"batchesPerStep: {Literal.Of(batches)}" : string.Empty;
            var warmup = this.WarmupSteps > 0 ? $" - {Literal.Of(this.WarmupSteps)}" : string.Empty;
            arguments.Add(context.Text($"{name}: @run.CountSteps({perStep}){warmup}"));
        }

        arguments.AddRange(this.Arguments.Select(argument => argument.ToString()));
        return arguments;
    }

    // A method of the user's own gives a factor, so that Fit's learningRate always counts.
    private string Rate(LoopContext context, string? step = null)
        => this.Method is { } method
            ? context.Text($"@learningRate * {context.Method(method)}({step ?? context.Progress.Step})")
            : context.Text($"@schedule.At({step ?? context.Progress.Step})");

    private IEnumerable<string> Details(LoopSpec spec)
    {
        if (this.Monitor is { } monitor)
        {
            yield return $"watching {FigureName.FromMember(monitor.LogMember)}";
            foreach (var direction in monitor.Direction(spec))
            {
                yield return direction;
            }
        }

        var row = Array.Find(ScheduleCatalog.Rows, candidate => candidate.TypeName == this.TypeName);
        foreach (var argument in this.Arguments)
        {
            ScheduleParameterRow[] parameters = [.. row?.Parameters ?? [], ScheduleCatalog.WarmupSteps, ScheduleCatalog.WarmupFactor];
            if (Array.Find(parameters, candidate => candidate.Name == argument.Name) is { } parameter && argument.Literal != parameter.DefaultLiteral)
            {
                yield return $"{NumberSpec.WordsOf(parameter.Property)} {Plain(argument.Literal)}";
            }
        }
    }

    // [30, 60] is 30/60 here, and 2.0 is 2.
    private static string Plain(string literal)
    {
        var text = literal.Trim('[', ']').Replace(", ", "/");
        return text.EndsWith(".0", StringComparison.Ordinal) ? text.Substring(0, text.Length - 2) : text;
    }
}
