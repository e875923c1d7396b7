namespace LoopGen.Build;

/// <summary>The lines in which two texts differ, as they are read in a review.</summary>
internal sealed class LineDiff
{
    // Around each difference, to know the place by.
    private const int Context = 2;

    // Beyond this many cells of the table, what lies between the equal beginnings and ends is shown as replaced. Emitted
    // files have hundreds of lines, not thousands.
    private const int LargestTable = 4_000_000;

    private readonly List<(char Mark, string Line)> rows = [];

    private LineDiff(string before, string after)
    {
        var old = before.Split('\n');
        var now = after.Split('\n');
        var start = 0;
        while (start < old.Length && start < now.Length && old[start] == now[start])
        {
            this.rows.Add((' ', old[start++]));
        }

        var oldEnd = old.Length;
        var nowEnd = now.Length;
        while (oldEnd > start && nowEnd > start && old[oldEnd - 1] == now[nowEnd - 1])
        {
            oldEnd--;
            nowEnd--;
        }

        this.FirstLine = start + 1;
        this.AddDifferences(old.AsSpan(start, oldEnd - start), now.AsSpan(start, nowEnd - start));
        this.rows.AddRange(old.Skip(oldEnd).Select(line => (' ', line)));
    }

    /// <summary>The number, from 1, of the first line of the older text that is not the newer's.</summary>
    public int FirstLine { get; }

    /// <summary>Compares two texts with LF at the ends of their lines.</summary>
    public static LineDiff Between(string before, string after) => new(before, after);

    /// <summary>Lines behind "-" (only before), "+" (only after) and two blanks (around them), at most so many of them.</summary>
    public IReadOnlyList<string> Lines(int most)
    {
        var shown = new List<string>();
        var last = -1;
        for (var index = 0; index < this.rows.Count; index++)
        {
            if (!this.IsNearDifference(index))
            {
                continue;
            }

            if (shown.Count == most)
            {
                shown.Add("  …");
                break;
            }

            if (last >= 0 && index > last + 1)
            {
                shown.Add("  …");
            }

            shown.Add($"{this.rows[index].Mark} {this.rows[index].Line}".TrimEnd());
            last = index;
        }

        return shown;
    }

    private bool IsNearDifference(int index)
    {
        for (var near = Math.Max(0, index - Context); near <= Math.Min(this.rows.Count - 1, index + Context); near++)
        {
            if (this.rows[near].Mark != ' ')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The longest common subsequence by the textbook: what is not in it is a difference.</summary>
    private void AddDifferences(ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        var (i, j) = (0, 0);
        if ((long)old.Length * now.Length <= LargestTable)
        {
            var length = Lengths(old, now);
            while (i < old.Length && j < now.Length)
            {
                if (old[i] == now[j])
                {
                    this.rows.Add((' ', old[i]));
                    i++;
                    j++;
                }
                else if (length[i + 1, j] >= length[i, j + 1])
                {
                    this.rows.Add(('-', old[i++]));
                }
                else
                {
                    this.rows.Add(('+', now[j++]));
                }
            }
        }

        while (i < old.Length)
        {
            this.rows.Add(('-', old[i++]));
        }

        while (j < now.Length)
        {
            this.rows.Add(('+', now[j++]));
        }
    }

    /// <summary>How many lines the two have in common from any pair of places on.</summary>
    private static int[,] Lengths(ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        var length = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                length[i, j] = old[i] == now[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
            }
        }

        return length;
    }
}
