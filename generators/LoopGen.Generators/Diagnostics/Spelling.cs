namespace LoopGen.Generators.Diagnostics;

/// <summary>Finds the name that someone meant.</summary>
internal static class Spelling
{
    /// <summary>
    /// The name nearest to <paramref name="written"/>, or null if none is near. Case and underscores do not count; words
    /// that Keras or PyTorch use for the same thing do.
    /// </summary>
    public static string? Nearest(string written, IEnumerable<string> names, IReadOnlyDictionary<string, string> synonyms)
    {
        var plain = Plain(written);
        var candidates = names.Select(name => (Text: Plain(name), Name: name)).ToList();
        var known = candidates.Select(candidate => candidate.Name).ToList();
        candidates.AddRange(synonyms.Where(pair => known.Contains(pair.Value)).Select(pair => (Plain(pair.Key), pair.Value)));

        string? nearest = null;
        var least = int.MaxValue;
        foreach (var (text, name) in candidates)
        {
            var distance = Distance(plain, text);

            // A third of the letters may be wrong, but never all of them.
            var allowed = Math.Min(Math.Max(1, Math.Max(plain.Length, text.Length) / 3), 4);
            if (distance < least && distance <= allowed && distance < Math.Min(plain.Length, text.Length))
            {
                (nearest, least) = (name, distance);
            }
        }

        return nearest;
    }

    /// <summary>
    /// How many letters must be added, left out, replaced or swapped with their neighbour (Damerau and Levenshtein, each
    /// place changed once at most).
    /// </summary>
    public static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            table[i, 0] = i;
        }

        for (var j = 0; j <= right.Length; j++)
        {
            table[0, j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replaced, 1 + Math.Min(table[i - 1, j], table[i, j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], 1 + table[i - 2, j - 2]);
                }
            }
        }

        return table[left.Length, right.Length];
    }

    private static string Plain(string name)
        => new([.. name.Where(character => character is not ('_' or '-' or ' ' or '@')).Select(char.ToLowerInvariant)]);
}
