namespace LoopGen.Generators.Features.Schedules;

/// <summary>What an argument of a schedule is.</summary>
internal enum ScheduleParameterKind
{
    /// <summary>A <c>double</c>.</summary>
    Number,

    /// <summary>A whole number: updates or epochs.</summary>
    Whole,

    /// <summary>Whole numbers, ascending.</summary>
    Wholes,

    /// <summary>Updates until the end; by default the run tells how many it makes.</summary>
    RunLength,
}
