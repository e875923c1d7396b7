using static TorchSharp.torch;

namespace LoopGen;

/// <summary>What of a file goes where in a model, found out before anything is changed.</summary>
internal sealed class WeightMatch
{
    private readonly SafetensorsFile file;
    private readonly List<(TensorEntry Entry, Tensor Tensor)> pairs = [];
    private readonly List<string> missing = [];
    private readonly List<string> problems = [];

    private WeightMatch(SafetensorsFile file, Dictionary<string, Tensor> state)
    {
        this.file = file;

        // Layers that share a parameter have it under several names: any of them will do, and all must say the same.
        foreach (var names in state.GroupBy(pair => pair.Value.Handle, pair => pair.Key))
        {
            Match(state[names.First()], [.. names]);
        }

        Unexpected = [.. file.Tensors.Keys.Where(name => !state.ContainsKey(name))];
    }

    /// <summary>Names of the model that the file lacks.</summary>
    public IReadOnlyList<string> Missing => missing;

    /// <summary>Names in the file that the model lacks.</summary>
    public IReadOnlyList<string> Unexpected { get; }

    /// <summary>Compares a model's tensors with a file's.</summary>
    /// <param name="file">The file.</param>
    /// <param name="state">The model's tensors.</param>
    /// <param name="strict">Whether names that only one of them has are errors.</param>
    /// <param name="what">The file and the model, for the message.</param>
    /// <exception cref="InvalidOperationException">They do not fit; the message lists everything that is in the way.</exception>
    public static WeightMatch Of(
        SafetensorsFile file, Dictionary<string, Tensor> state, bool strict, (string Path, string Model) what)
    {
        var match = new WeightMatch(file, state);
        var all = (strict ? match.NameProblems() : []).Concat(match.problems).ToList();
        return all.Count == 0
            ? match
            : throw new InvalidOperationException(
                $"'{what.Path}' does not fit {what.Model}, and nothing of it was loaded:\n- {string.Join("\n- ", all)}");
    }

    /// <summary>Copies the values into the model's tensors.</summary>
    /// <exception cref="IOException">The file, all of which could be read a moment ago, no longer can.</exception>
    public void Load()
    {
        try
        {
            foreach (var (entry, tensor) in pairs)
            {
                file.Read(entry, tensor);
            }
        }
        catch (Exception exception) when (FileErrors.IsFrom(exception))
        {
            throw new IOException($"{exception.Message} Some of the model's weights have changed already: load them again.", exception);
        }
    }

    private void Match(Tensor tensor, IReadOnlyList<string> names)
    {
        var found = names.Where(file.Tensors.ContainsKey).Select(name => file.Tensors[name]).ToList();
        if (found.Count == 0)
        {
            missing.AddRange(names);
            return;
        }

        var wrong = found.Where(entry => entry.Type != tensor.dtype || !entry.Shape.SequenceEqual(tensor.shape)).ToList();
        problems.AddRange(wrong.Select(entry =>
            $"'{entry.Name}' is {Describe.Tensor(tensor)} in the model, but {entry} in the file"));
        if (wrong.Count > 0)
        {
            return;
        }

        problems.AddRange(found.Skip(1).Where(entry => !file.AreEqual(found[0], entry)).Select(entry =>
            $"'{found[0].Name}' and '{entry.Name}' are one tensor in the model, but have different values in the file"));
        if (tensor.is_meta || tensor.is_sparse || IsExpanded(tensor))
        {
            problems.Add($"'{names[0]}' cannot be written to: it is on the meta device, sparse, or an expanded view");
        }

        pairs.Add((found[0], tensor));
    }

    private IEnumerable<string> NameProblems()
    {
        foreach (var name in missing)
        {
            yield return $"'{name}' is not in the file{Hint(name, Unexpected, missing)}";
        }

        foreach (var name in Unexpected)
        {
            yield return $"'{name}' is in the file, but not in the model{Hint(name, missing, Unexpected)}";
        }
    }

    private static string Hint(string name, IReadOnlyList<string> others, IReadOnlyList<string> names) =>
        Spelling.Nearest(name, others, names.Count) is { } nearest ? $" (there is '{nearest}')" : string.Empty;

    private static bool IsExpanded(Tensor tensor) =>
        tensor.shape.Zip(tensor.stride()).Any(pair => pair is { First: > 1, Second: 0 });
}
