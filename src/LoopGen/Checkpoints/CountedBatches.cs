namespace LoopGen;

/// <summary>Batches of a source without a state: their number alone can be compared, where the source tells it.</summary>
internal sealed class CountedBatches(long? count) : IStateful
{
    /// <inheritdoc/>
    public void SaveState(StateWriter state)
    {
        if (count is { } number)
        {
            state.Write("count", number);
        }
    }

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        if (count is { } number && state.Has("count"))
        {
            state.Check("count", number);
        }
    }
}
