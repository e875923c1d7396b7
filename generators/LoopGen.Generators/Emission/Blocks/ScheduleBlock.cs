using LoopGen.Generators.Explaining;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>The learning rate of each update, a function of the number of updates made.</summary>
internal sealed class ScheduleBlock : IFigureBlock, IExplainedBlock
{
    public void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        if (kind != LoopKind.Training || context.Spec.Schedule is not { } schedule)
        {
            return;
        }

        var names = context.Names;
        switch (phase)
        {
            case Phase.SetUp:
                writer.Blank();
                WriteSetUp(schedule, writer, context);
                break;

            case Phase.Update:
                var factors = ParameterGroups.Factors(context).Count > 0 ? $", {names["rateFactors"]}" : string.Empty;
                writer.Line($"{names["optimizer"]}.SetLearningRate({Rate(context, context.Step)}{factors});");
                break;

            case Phase.Decisions when schedule.Monitor is { } monitor:
                writer.Blank();
                writer.Line($"{names["schedule"]}.Update({context.Watched(monitor)});");
                break;
        }
    }

    public void Explain(Explanation page, LoopContext context)
    {
        if (context.Spec.Schedule is not { } schedule)
        {
            return;
        }

        var method = schedule.Call?.Replace("this.", string.Empty);
        var figure = schedule.Monitor is { } monitor ? FigureName.FromMember(monitor.LogMember) : null;
        if (method is null || ParameterGroups.Factors(context).Count > 0)
        {
            page.At(Phase.SetUp, method is null
                ? $"{(schedule.Title[0] == 'e' ? "An" : "A")} {schedule.Title} is made of Fit's learning rate{(schedule.RunLengthArgument is null ? string.Empty : " and of the number of updates that the run will make")}."
                : "The share of the learning rate that each parameter group gets is noted.");
        }

        page.At(Phase.Update, method is null
            ? $"The learning rate of this update is set by the {schedule.Title}."
            : $"The learning rate of this update is set: Fit's, times what {method} returns for the number of updates made.");
        if (figure is not null)
        {
            page.At(Phase.Decisions, $"The schedule sees {figure}, and reduces the learning rate when it no longer improves.");
        }

        page.Average("learning_rate", "not at all: it is that of the epoch's last update.");
        page.Attribute(KnownNames.ScheduleEnum, $"{schedule.Title}: the learning rate is {(figure is null ? "a function of the number of updates made" : $"reduced when {figure} no longer improves")}.");
    }

    private static void WriteSetUp(ScheduleSpec schedule, LoopWriter writer, LoopContext context)
    {
        var names = context.Names;
        if (schedule.TypeName is { } type)
        {
            writer.Comment(schedule.Monitor is { } watched
                ? $"Reduces the learning rate when {FigureName.FromMember(watched.LogMember)} no longer improves."
                : "The learning rate as a function of the number of updates made.");
            writer.List($"var {names["schedule"]} = new {context.Type(type)}(", Arguments(schedule, context), ");");
        }

        if (ParameterGroups.Factors(context) is { Count: > 0 } factors)
        {
            writer.Blank();
            writer.Comment("What each parameter group makes of it.");
            writer.List($"double[] {names["rateFactors"]} = [", factors, "];");
        }
    }

    public IEnumerable<TrainingFigure> Figures(LoopContext context)
    {
        if (context.Spec.Schedule is not null)
        {
            // Of the last update: the counter is one ahead.
            yield return new TrainingFigure(
                "LearningRate", Rate(context, $"{context.Step} - 1"), "The learning rate of the epoch's last update.");
        }
    }

    private static IReadOnlyList<string> Arguments(ScheduleSpec schedule, LoopContext context)
    {
        List<string> arguments = [context.Names["learningRate"]];
        if (schedule.RunLengthArgument is { } name)
        {
            var perStep = context.Spec.AccumulateSteps is { } steps ? $"batchesPerStep: {Literal.Of(steps)}" : string.Empty;
            var warmup = schedule.WarmupSteps > 0 ? $" - {Literal.Of(schedule.WarmupSteps)}" : string.Empty;
            arguments.Add($"{name}: {context.Names["run"]}.CountSteps({perStep}){warmup}");
        }

        arguments.AddRange(schedule.Arguments.Select(argument => argument.ToString()));
        return arguments;
    }

    // A method of the user's own gives a factor, so that Fit's learningRate always counts.
    private static string Rate(LoopContext context, string step)
        => context.Spec.Schedule!.Call is { } call
            ? $"{context.Names["learningRate"]} * {context.Method(call)}({step})"
            : $"{context.Names["schedule"]}.At({step})";
}
