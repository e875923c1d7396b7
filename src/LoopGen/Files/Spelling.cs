namespace LoopGen;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Spelling
{
    /// <summary>Comparing each name with each is not worth the time beyond this many pairs.</summary>
    private const int MostPairs = 10_000;

    /// <summary>For a name, the nearest of others, or null if none is near: at most a third of it differs.</summary>
    public static string? Nearest(string name, IReadOnlyCollection<string> others, int names)
    {
        if (others.Count == 0 || (long)others.Count * names > MostPairs)
        {
            return null;
        }

        var nearest = others.Select(other => (Name: other, Distance: Distance(name, other))).MinBy(pair => pair.Distance);
        return nearest.Name is not null && 3 * nearest.Distance <= name.Length ? nearest.Name : null;
    }

    /// <summary>How many letters must be added, left out or replaced to make one name the other (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
