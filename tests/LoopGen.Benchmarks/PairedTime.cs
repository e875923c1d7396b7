using System.Diagnostics;

namespace LoopGen.Benchmarks;

/// <summary>
/// Times of several ways to do one thing. They run in turn, so that a machine whose speed drifts drifts for all; what
/// counts is the median of the rounds' ratios to the first way.
/// </summary>
/// <param name="warmUps">Rounds that do not count.</param>
/// <param name="rounds">Rounds that do.</param>
internal sealed class PairedTime(int warmUps, int rounds)
{
    /// <summary>The median time of each way in milliseconds, and the median ratio to the first.</summary>
    public IReadOnlyList<(double Milliseconds, double Ratio)> Of(params Action[] ways)
        => this.OfPrepared(Array.ConvertAll(ways, way => (Func<Action>)(() => way)));

    /// <summary>The same of ways that first make something ready, and return what is timed.</summary>
    public IReadOnlyList<(double Milliseconds, double Ratio)> OfPrepared(params Func<Action>[] ways)
    {
        var measured = new List<double[]>();
        for (var round = 0; round < warmUps + rounds; round++)
        {
            var times = Array.ConvertAll(ways, Time);
            if (round >= warmUps)
            {
                measured.Add(times);
            }
        }

        return [.. ways.Select((_, way) => (Median(measured.Select(times => times[way])), Median(measured.Select(times => times[way] / times[0]))))];
    }

    private static double Time(Func<Action> prepare)
    {
        var way = prepare();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var watch = Stopwatch.StartNew();
        way();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
