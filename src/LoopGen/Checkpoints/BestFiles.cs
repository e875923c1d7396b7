using System.Globalization;

namespace LoopGen;

/// <summary>The best weights by a figure that are kept as files, the best first.</summary>
internal sealed class BestFiles(int count, string monitor, bool isHigherBetter) : IStateful
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
        state.Write("monitor", Monitor);
        state.Write("count", best.Count);
        foreach (var (file, index) in best.Select((file, index) => (file, index)))
        {
            var part = state.Part(Number(index));
            part.Write("figure", file.Figure);
            part.Write("name", file.Name);
        }

        // A process that is killed before it removes them leaves that to the next.
        state.Write("displaced", displaced.Count);
        foreach (var (name, index) in displaced.Select((name, index) => (name, index)))
        {
            state.Part("displaced").Write(Number(index), name);
        }
    }

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        var saved = new List<(double Figure, string Name)>();
        var number = state.ReadCount("count");
        for (var index = 0; index < number && state.Problems.Count == 0; index++)
        {
            var part = state.Part(Number(index));
            saved.Add((part.ReadDouble("figure"), ReadName(part, "name")));
        }

        var leftOver = new List<string>();
        number = state.ReadCount("displaced");
        for (var index = 0; index < number && state.Problems.Count == 0; index++)
        {
            leftOver.Add(ReadName(state.Part("displaced"), Number(index)));
        }

        // By another figure none of them is known to be among the best; they stay as files.
        var isSame = state.ReadText("monitor") == Monitor;
        state.OnSuccess(() =>
        {
            best.Clear();
            displaced.Clear();
            if (isSame)
            {
                best.AddRange(saved.Take(count));
                displaced.AddRange(saved.Skip(count).Select(file => file.Name).Concat(leftOver));
            }
        });
    }

    private string Monitor => $"{(isHigherBetter ? "highest" : "lowest")} {monitor}";

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Files of these names are removed one day: none may lead out of the folder.</summary>
    private static string ReadName(StateReader state, string key)
    {
        var name = state.ReadText(key);
        if (!CheckpointFolder.CanBeBest(name))
        {
            state.Note($"\"{name}\" is no name of a file with the best weights");
        }

        return name;
    }

    private bool IsBetter(double figure, double than) => isHigherBetter ? figure > than : figure < than;
}
