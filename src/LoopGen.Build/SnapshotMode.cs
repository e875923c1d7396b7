namespace LoopGen.Build;

/// <summary>What a build does with the snapshots of emitted files: the values of the property <c>LoopGenSnapshots</c>.</summary>
internal enum SnapshotMode
{
    /// <summary>Nothing.</summary>
    Off,

    /// <summary>Writes what differs and removes what is no longer emitted.</summary>
    Update,

    /// <summary>Fails where one differs.</summary>
    Verify,
}
