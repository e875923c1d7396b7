namespace LoopGen;

/// <summary>How many batches a source will give, where it can be known without reading it.</summary>
internal static class BatchCount
{
    public static long? Of<TBatch>(IEnumerable<TBatch> batches)
    {
        var count = batches switch
        {
            IReadOnlyCollection<TBatch> collection => collection.Count,
            _ when batches.TryGetNonEnumeratedCount(out var known) => known,
            _ => 0,
        };

        // An empty source is found when it is read, where the error says more.
        return count > 0 ? count : null;
    }
}
