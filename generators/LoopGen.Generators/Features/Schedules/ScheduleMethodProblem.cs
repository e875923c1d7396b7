namespace LoopGen.Generators.Features.Schedules;

/// <summary>What is wrong with a method that is to be a schedule.</summary>
internal enum ScheduleMethodProblem
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is an accessor, an operator, a local function or the like: no member that can be called by name.</summary>
    NotAMethod,

    /// <summary>It returns something else than a <c>double</c>.</summary>
    Returns,

    /// <summary>It has type parameters.</summary>
    Generic,

    /// <summary>It takes something else than a <c>long</c>.</summary>
    Takes,
}
