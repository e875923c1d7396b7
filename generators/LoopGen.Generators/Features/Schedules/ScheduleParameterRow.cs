using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features.Schedules;

/// <summary>One argument of a schedule.</summary>
/// <param name="Property">Its property of <c>[Schedule]</c>.</param>
/// <param name="Name">Its parameter in the library's constructor.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Default">Its default, or null where the attribute must give it (but for <see cref="ScheduleParameterKind.RunLength"/>).</param>
/// <param name="Range">The numbers that make sense.</param>
/// <param name="Meaning">What it is, for whoever left it out; given where it is required.</param>
internal sealed record ScheduleParameterRow(
    string Property,
    string Name,
    ScheduleParameterKind Kind,
    double? Default,
    NumberRange Range,
    string? Meaning = null)
{
    /// <summary>Whether a schedule without it means nothing.</summary>
    public bool IsRequired => this.Default is null && this.Kind != ScheduleParameterKind.RunLength;

    /// <summary>The default as it is written into a loop, or null.</summary>
    public string? DefaultLiteral => this.Default is not { } value ? null
        : this.Kind == ScheduleParameterKind.Number ? Literal.Of(value)
        : Literal.Of((long)value);
}
