namespace LoopGen.Tests;

/// <summary>Counts the tensors that this thread made and has not freed.</summary>
internal static class LiveTensors
{
    public static long Count => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    /// <summary>How many tensors were made on this thread so far, freed or not.</summary>
    public static long Created =>
        DisposeScopeManager.Statistics.CreatedInScopeCount + DisposeScopeManager.Statistics.CreatedOutsideScopeCount;

    /// <summary>Asserts that an action frees every tensor that it makes.</summary>
    public static void AssertNoneLeft(Action action)
    {
        var before = Count;
        action();
        Assert.Equal(before, Count);
    }
}
