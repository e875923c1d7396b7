namespace LoopGen;

/// <summary>An optimizer that steps its parameters together where it can.</summary>
internal interface IFusedOptimizer
{
    /// <summary>Why some are stepped one by one, a clause; null where all are stepped together.</summary>
    string? WhyNotFused { get; }
}
