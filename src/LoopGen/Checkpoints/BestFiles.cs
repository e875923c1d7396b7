using System.Globalization;

namespace LoopGen;

/// <summary>The best weights by a figure that are kept as files, the best first.</summary>
internal sealed class BestFiles(int count, bool isHigherBetter) : IStateful
{
    private readonly List<(double Figure, string Name)> best = [];
    private readonly List<string> displaced = [];

    /// <summary>Whether a figure is better than the worst of those that are kept. One that is not finite never is.</summary>
    public bool Admits(double figure) =>
        double.IsFinite(figure) && (best.Count < count || IsBetter(figure, best[^1].Figure));

    /// <summary>Notes a file that was written.</summary>
    public void Add(double figure, string name)
    {
        // The same name: the file was replaced.
        best.RemoveAll(file => file.Name == name);
        displaced.Remove(name);

        var place = best.FindIndex(file => IsBetter(figure, file.Figure));
        best.Insert(place < 0 ? best.Count : place, (figure, name));
        displaced.AddRange(best.Skip(count).Select(file => file.Name));
        best.RemoveRange(Math.Min(count, best.Count), Math.Max(0, best.Count - count));
    }

    /// <summary>The files that are no longer among the best. They may go once no checkpoint counts on them.</summary>
    public IReadOnlyList<string> TakeDisplaced()
    {
        string[] names = [.. displaced];
        displaced.Clear();
        return names;
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter state)
    {
        state.Write("count", best.Count);
        foreach (var (file, index) in best.Select((file, index) => (file, index)))
        {
            var part = state.Part(index.ToString(CultureInfo.InvariantCulture));
            part.Write("figure", file.Figure);
            part.Write("name", file.Name);
        }
    }

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        var saved = new List<(double Figure, string Name)>();
        var number = state.ReadInt64("count");
        for (var index = 0; index < number && state.Problems.Count == 0; index++)
        {
            var part = state.Part(index.ToString(CultureInfo.InvariantCulture));
            saved.Add((part.ReadDouble("figure"), part.ReadText("name")));
        }

        state.OnSuccess(() =>
        {
            best.Clear();
            best.AddRange(saved.Take(count));
        });
    }

    private bool IsBetter(double figure, double than) => isHigherBetter ? figure > than : figure < than;
}
