namespace LoopGen.Generators.Features.ParameterGroups;

/// <summary>What a field holds, as far as training goes.</summary>
internal enum FieldKind
{
    /// <summary>Nothing that can be trained.</summary>
    Other,

    /// <summary>A module.</summary>
    Module,

    /// <summary>A parameter.</summary>
    Parameter,
}
