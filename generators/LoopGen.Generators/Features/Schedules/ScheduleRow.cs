namespace LoopGen.Generators.Features.Schedules;

/// <summary>One learning rate schedule of the library.</summary>
/// <param name="Value">Value of the member of <c>LoopGen.Schedule</c>.</param>
/// <param name="Name">Name of that member.</param>
/// <param name="Title">In a sentence: "cosine".</param>
/// <param name="TypeName">The library type.</param>
/// <param name="Parameters">Its arguments after the learning rate, in the constructor's order.</param>
/// <param name="HasWarmup">Whether it can begin with a warm-up.</param>
/// <param name="IsWatching">Whether it watches a figure.</param>
internal sealed record ScheduleRow(
    int Value,
    string Name,
    string Title,
    string TypeName,
    ScheduleParameterRow[] Parameters,
    bool HasWarmup = true,
    bool IsWatching = false);
