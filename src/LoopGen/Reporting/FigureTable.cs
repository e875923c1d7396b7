using System.Globalization;

namespace LoopGen;

/// <summary>Lays epochs out as a table in plain text.</summary>
internal static class FigureTable
{
    private const string Gap = "  ";

    public static string Format(IReadOnlyList<IEpochLog> logs, string? stopReason)
    {
        var ending = stopReason is null ? "" : $"stopped: {stopReason}";
        if (logs.Count == 0)
        {
            return stopReason is null ? "no epochs" : $"no epochs, {ending}";
        }

        // Only figures that some epoch has: no empty val_ columns where there was no validation data.
        var names = logs
            .SelectMany(log => log.Figures)
            .Where(figure => figure.Value is not null)
            .Select(figure => figure.Name)
            .Distinct()
            .ToArray();

        var rows = new List<string[]> { (string[])["epoch", .. names] };
        rows.AddRange(logs.Select(log => (string[])
        [
            log.Epoch.ToString(CultureInfo.InvariantCulture),
            .. names.Select(name => Cell(log, name)),
        ]));

        var widths = Enumerable.Range(0, names.Length + 1).Select(column => rows.Max(row => row[column].Length));
        var lines = rows.Select(row => string.Join(Gap, row.Zip(widths, (cell, width) => cell.PadLeft(width))));
        return string.Join('\n', stopReason is null ? lines : lines.Append(ending));
    }

    private static string Cell(IEpochLog log, string name)
    {
        var value = log.Figures.FirstOrDefault(figure => figure.Name == name).Value;
        return value is { } number ? ProgressText.Number(number) : "-";
    }
}
