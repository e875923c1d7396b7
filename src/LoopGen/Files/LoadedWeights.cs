namespace LoopGen;

/// <summary>What <see cref="Weights.LoadWeights"/> found in a file beside the values.</summary>
public sealed class LoadedWeights
{
    internal LoadedWeights(
        IReadOnlyDictionary<string, string> metadata,
        IReadOnlyList<string> missingNames,
        IReadOnlyList<string> unexpectedNames)
    {
        Metadata = metadata;
        MissingNames = missingNames;
        UnexpectedNames = unexpectedNames;
    }

    /// <summary>What was saved with the weights, as text under names; empty if nothing was.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>
    /// Names of parameters and buffers that the file lacks: they kept the values they had. Always empty when the load
    /// was strict.
    /// </summary>
    public IReadOnlyList<string> MissingNames { get; }

    /// <summary>Names in the file that the model lacks. Always empty when the load was strict.</summary>
    public IReadOnlyList<string> UnexpectedNames { get; }
}
