using System.Globalization;

namespace LoopGen.Tests;

/// <summary>What PyTorch's schedulers gave; how that was made stands in <c>Reference/sequences.py</c>.</summary>
internal static class PyTorchSequences
{
    private static readonly Lazy<IReadOnlyDictionary<string, PyTorchSequence>> Read = new(ReadAll);

    /// <summary>The sequences by the schedule that should give them.</summary>
    public static IReadOnlyDictionary<string, PyTorchSequence> All => Read.Value;

    private static Dictionary<string, PyTorchSequence> ReadAll()
    {
        using var stream = typeof(PyTorchSequences).Assembly.GetManifestResourceStream("sequences.csv")!;
        using var reader = new StreamReader(stream);
        var all = new Dictionary<string, PyTorchSequence>();
        while (reader.ReadLine() is { } line)
        {
            // "schedule, in quotes",distance,rate,rate,...
            var end = line.IndexOf("\",", StringComparison.Ordinal);
            var fields = line[(end + 2)..].Split(',');
            var rates = fields.Skip(1).Select(rate => double.Parse(rate, CultureInfo.InvariantCulture));
            all.Add(line[1..end], new PyTorchSequence(long.Parse(fields[0], CultureInfo.InvariantCulture), [.. rates]));
        }

        return all;
    }
}
