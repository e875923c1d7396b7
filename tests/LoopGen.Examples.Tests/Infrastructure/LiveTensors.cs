namespace LoopGen.Examples.Tests;

/// <summary>Counts tensors that were made and not freed.</summary>
internal static class LiveTensors
{
    public static long Count => Tensor.TotalCount;

    /// <summary>Asserts that an action frees every tensor that it makes.</summary>
    public static void AssertNoneLeft(Action action)
    {
        var before = Settle();
        action();
        Assert.Equal(before, Count);
    }

    /// <summary>
    /// The count once the garbage of earlier tests is gone. Taken before a measurement and never after it: what an
    /// action leaves to the collector counts as left.
    /// </summary>
    public static long Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Count;
    }
}
