namespace LoopGen.Generators.Model;

/// <summary>The class that the emitted parts belong to.</summary>
internal sealed record TypeSpec
{
    /// <summary>The class's name as its author wrote it, for comments and documentation.</summary>
    public required string Name { get; init; }

    /// <summary>The class as a type expression inside itself: <c>Inner&lt;T&gt;</c>.</summary>
    public required string Reference { get; init; }

    /// <summary>The dotted namespace, or null for the global one.</summary>
    public required string? Namespace { get; init; }

    /// <summary>The bare declarations to re-open, outermost first: <c>partial class Outer&lt;T&gt;</c>, …, the class itself last.</summary>
    public required EquatableArray<string> Declarations { get; init; }

    /// <summary>Namespace, containing types and arity in one string that no other type has but in other letters' case.</summary>
    public required string HintName { get; init; }

    /// <summary>Whether the class has a member called <c>EpochLog</c>, so that our record moves aside.</summary>
    public required bool HasEpochLogMember { get; init; }

    /// <summary>Whether the class has a member called <c>Scores</c>, so that our record moves aside.</summary>
    public required bool HasScoresMember { get; init; }

    /// <summary>Whether a base class is compiled too, so that the emitted members hide the base's.</summary>
    public required bool HidesBase { get; init; }
}
