namespace LoopGen.Generators.Model;

/// <summary>Why a metric cannot be reported under a name.</summary>
internal enum MetricNameProblem
{
    None,

    /// <summary>It becomes the name of a member, and cannot.</summary>
    NotAnIdentifier,

    /// <summary>Every log has a member of that name.</summary>
    Reserved,

    /// <summary>Another figure of this model has it.</summary>
    Taken,
}
