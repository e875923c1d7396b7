namespace LoopGen.Tests;

/// <summary>A figure that tells how often it was read.</summary>
internal sealed class CountedFigure(string name, double value = 0.5) : IFigure
{
    public string Name => name;

    public int Reads { get; private set; }

    public double Compute()
    {
        Reads++;
        return value;
    }
}
