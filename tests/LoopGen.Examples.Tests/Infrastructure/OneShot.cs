using System.Collections;

namespace LoopGen.Examples.Tests;

/// <summary>A source that can be read once: it hands out one and the same enumerator.</summary>
internal sealed class OneShot<T>(IEnumerable<T> items) : IEnumerable<T>
{
    private readonly IEnumerator<T> only = items.GetEnumerator();

    public IEnumerator<T> GetEnumerator() => only;

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
