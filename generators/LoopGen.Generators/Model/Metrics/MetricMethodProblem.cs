namespace LoopGen.Generators.Model;

/// <summary>What is wrong with a method that is to be a metric.</summary>
internal enum MetricMethodProblem
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is an accessor, an operator, a local function or the like: no member that can be called by name.</summary>
    NotAMethod,

    /// <summary>The loop does not wait for it.</summary>
    Async,

    /// <summary>It returns something else than a tensor.</summary>
    Returns,

    /// <summary>It has type parameters.</summary>
    Generic,

    /// <summary>It takes something else than two tensors.</summary>
    Takes,

    /// <summary>It takes the target first, if one believes its names.</summary>
    Swapped,
}
