namespace LoopGen.Tests;

/// <summary>A neighbour: a thread that allocates and collects until it is disposed, and lets finalizers run.</summary>
internal sealed class ForcedCollections : IDisposable
{
    private readonly Thread thread;
    private volatile bool isOver;
    private int count;

    public ForcedCollections()
    {
        thread = new Thread(() =>
        {
            while (!isOver)
            {
                _ = new byte[100_000];
                GC.Collect(0, GCCollectionMode.Forced, blocking: true);
                Interlocked.Increment(ref count);
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
    }

    /// <summary>How many there were.</summary>
    public int Count => Volatile.Read(ref count);

    public void Dispose()
    {
        isOver = true;
        thread.Join();
    }
}
