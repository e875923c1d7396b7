using System.Collections;

namespace LoopGen;

/// <summary>
/// Some batches in a row, read while they are walked. The reader stands at the first when the window is made; nothing
/// is read ahead.
/// </summary>
internal sealed class BatchWindow<TBatch>(BatchReader<TBatch> reader, int size) : IEnumerable<TBatch>
{
    private int read = 1;
    private bool isBegun;
    private bool isOver;

    /// <summary>Whether the source had no more batches.</summary>
    public bool IsLast { get; private set; }

    public IEnumerator<TBatch> GetEnumerator()
    {
        if (isBegun || isOver)
        {
            throw new InvalidOperationException(
                "A window can be read once, before the next one is asked for: its batches are freed one by one.");
        }

        isBegun = true;
        return Walk();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Reads and frees what is left of it, so that the next window begins where it should.</summary>
    public void Skip()
    {
        while (Advance())
        {
        }
    }

    private IEnumerator<TBatch> Walk()
    {
        if (isOver)
        {
            yield break;
        }

        do
        {
            yield return reader.Current;
        }
        while (Advance());
    }

    private bool Advance()
    {
        if (isOver)
        {
            return false;
        }

        if (read < size)
        {
            IsLast = !reader.MoveNext(beginsStep: false);
        }

        isOver = read == size || IsLast;
        read++;
        return !isOver;
    }
}
