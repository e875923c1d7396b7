namespace LoopGen.Generators.Model;

/// <summary>Why no loop can be written into a class.</summary>
internal enum ShapeViolation
{
    None,

    /// <summary>A record or something else that is not a plain class.</summary>
    NotAClass,

    /// <summary>A <c>file</c> class cannot have parts in other files.</summary>
    FileLocal,

    /// <summary>It does not derive from TorchSharp's <c>Module</c>.</summary>
    NotAModule,

    /// <summary>A module whose <c>forward</c> takes or returns something else than one tensor.</summary>
    UnsupportedForward,

    /// <summary>It, or a class around it, is not partial.</summary>
    NotPartial,

    /// <summary>The project's C# is older than the emitted code.</summary>
    OldLanguage,
}
