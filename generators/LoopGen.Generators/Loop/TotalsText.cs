using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>The totals of the figures that training and evaluation share: the loss and the metrics.</summary>
internal static class TotalsText
{
    /// <summary>Makes them.</summary>
    public static void Write(Lines lines)
    {
        lines.Add($$"""using var @meanLoss = new @Mean(@device, name: "loss");""");
        MetricsText.Write(lines);
    }

    /// <summary>Begins an epoch.</summary>
    public static void WriteResets(Lines lines)
    {
        foreach (var (_, total) in lines.Context.Figures)
        {
            lines.Add($"{total}.Reset();");
        }
    }

    /// <summary>Adds a batch.</summary>
    public static void WriteUpdate(LoopKind kind, Lines lines)
    {
        LossText.WriteRecord(kind, lines);
        MetricsText.WriteUpdate(lines);
    }
}
