namespace LoopGen.Tests;

/// <summary>A figure that tells how often it was read.</summary>
internal sealed class CountedFigure(string name, double value = 0.5, bool isCheap = true) : IFigure
{
    public string Name => name;

    public bool IsCheap => isCheap;

    public int Reads { get; private set; }

    public double Compute()
    {
        Reads++;
        return value;
    }
}
