namespace LoopGen;

/// <summary>The scores of one class; what would be divided by zero counts as 0.</summary>
internal static class CountScores
{
    public static double Precision(double hits, double predictions, double targets) => Share(hits, predictions);

    public static double Recall(double hits, double predictions, double targets) => Share(hits, targets);

    /// <summary>The harmonic mean of the two.</summary>
    public static double F1(double hits, double predictions, double targets) => Share(2 * hits, predictions + targets);

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;
}
