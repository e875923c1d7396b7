using System.Text.RegularExpressions;

namespace LoopGen.Generators.TakingOver;

/// <summary>
/// Compares two sentences of <see cref="AskedFor"/>: "AdamW (learning rate 0.001), cross-entropy, accuracy;
/// cosine schedule." is parts between commas and semicolons, each a title with details in parentheses.
/// </summary>
internal static class AskedForChanges
{
    // A number that stands alone: 0.001, 1e-8, 30/60; not the 5 of top-5.
    private static readonly Regex Number = new(@"(?<=^|\s)-?[0-9][0-9./e+-]*(?=$|\s)", RegexOptions.CultureInvariant);

    private static readonly Regex Parts = new(@"(?<title>[^,;(]+)(?:\((?<details>[^)]*)\))?", RegexOptions.CultureInvariant);

    /// <summary>What is asked for now and was not then: "learning rate 0.01 instead of 0.001", "accuracy added".</summary>
    /// <param name="then">The sentence in the owned file.</param>
    /// <param name="now">The sentence of today.</param>
    /// <param name="heads">How many parts every sentence begins with: the optimizer and the loss, or the loss alone.</param>
    public static IReadOnlyList<string> Between(string then, string now, int heads)
    {
        var old = Read(then);
        var changes = new List<string>();
        var current = Read(now);
        for (var i = 0; i < heads && i < Math.Min(old.Count, current.Count); i++)
        {
            if (old[i].Title == current[i].Title)
            {
                Compare(old[i].Details, current[i].Details, changes);
            }
            else
            {
                changes.Add($"{current[i]} instead of {old[i].Title}");
            }
        }

        Part[] rest = [.. current.Skip(heads)];
        Part[] oldRest = [.. old.Skip(heads)];
        foreach (var (left, right) in oldRest.Join(rest, part => part.Title, part => part.Title, (left, right) => (left, right)))
        {
            var details = new List<string>();
            Compare(left.Details, right.Details, details);
            changes.AddRange(details.Select(detail => $"{right.Title}: {detail}"));
        }

        Compare(Titles(oldRest, rest), Titles(rest, oldRest), changes);
        return changes;
    }

    private static string[] Titles(Part[] parts, Part[] others)
        => [.. parts.Where(part => Array.TrueForAll(others, other => other.Title != part.Title)).Select(part => part.ToString())];

    private static void Compare(IReadOnlyList<string> old, IReadOnlyList<string> current, List<string> changes)
    {
        var gone = old.Except(current).ToList();
        foreach (var item in current.Except(old))
        {
            // The same but for a number.
            if (gone.Find(other => Number.IsMatch(item) && Number.Replace(other, "#") == Number.Replace(item, "#")) is { } before)
            {
                gone.Remove(before);
                changes.Add($"{item} instead of {Number.Match(before).Value}");
            }
            else
            {
                changes.Add($"{item} added");
            }
        }

        changes.AddRange(gone.Select(item => $"{item} removed"));
    }

    private static List<Part> Read(string sentence)
    {
        var text = sentence.Trim().TrimEnd('.');
        var parts = new List<Part>();
        foreach (Match match in Parts.Matches(text))
        {
            var title = match.Groups["title"].Value.Trim();
            if (title.Length > 0)
            {
                var details = match.Groups["details"].Value;
                parts.Add(new Part(title, details.Length == 0 ? [] : details.Split([", "], StringSplitOptions.RemoveEmptyEntries)));
            }
        }

        return parts;
    }

    private sealed record Part(string Title, string[] Details)
    {
        public override string ToString() => this.Details.Length == 0 ? this.Title : $"{this.Title} ({string.Join(", ", this.Details)})";
    }
}
