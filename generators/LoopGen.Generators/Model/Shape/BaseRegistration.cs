namespace LoopGen.Generators.Model;

/// <summary>Whether the constructors of the classes that a model derives from call <c>RegisterComponents()</c>.</summary>
internal enum BaseRegistration
{
    /// <summary>None does.</summary>
    Never,

    /// <summary>Some do, or under a condition, or their source is not here.</summary>
    Perhaps,

    /// <summary>All do.</summary>
    Always,
}
