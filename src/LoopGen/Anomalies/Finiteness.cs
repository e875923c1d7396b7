namespace LoopGen;

/// <summary>What a tensor holds.</summary>
internal enum Finiteness : byte
{
    /// <summary>Numbers, or it was not looked at.</summary>
    Finite,

    /// <summary>An infinity, and no NaN.</summary>
    Infinite,

    /// <summary>At least one NaN.</summary>
    NaN,
}
