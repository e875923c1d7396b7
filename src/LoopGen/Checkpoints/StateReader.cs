using System.Globalization;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The state of one part of a training as a checkpoint has it: what <see cref="IStateful.LoadState"/> reads from. It notes
/// everything that does not fit, so that an error can list all of it, and changes nothing until all is known to fit.
/// </summary>
public sealed class StateReader
{
    private readonly SafetensorsFile file;
    private readonly string prefix;
    private readonly Changes changes;

    internal StateReader(SafetensorsFile file)
        : this(file, string.Empty, new Changes())
    {
    }

    private StateReader(SafetensorsFile file, string prefix, Changes changes)
    {
        this.file = file;
        this.prefix = prefix;
        this.changes = changes;
    }

    /// <summary>What does not fit, in sentences without a full stop.</summary>
    internal IReadOnlyList<string> Problems => changes.Problems;

    /// <summary>The names of the tensors of this part.</summary>
    internal IEnumerable<string> TensorNames =>
        file.Tensors.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..]);

    /// <summary>The state of a part of this one.</summary>
    /// <param name="name">The name of the part, as it was given to <see cref="StateWriter.Part"/>.</param>
    /// <returns>Its state.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    public StateReader Part(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new StateReader(file, $"{prefix}{name}.", changes);
    }

    /// <summary>Whether a number, a text or a tensor of that name was written.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether there is one.</returns>
    public bool Has(string name) => file.Metadata.ContainsKey(prefix + name) || file.Tensors.ContainsKey(prefix + name);

    /// <summary>Reads an integer.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The integer; 0 where there is none, which is noted.</returns>
    public long ReadInt64(string name)
    {
        if (long.TryParse(Find(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        NoteMissing(name, "an integer");
        return 0;
    }

    /// <summary>Reads a number.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The number; NaN where there is none, which is noted.</returns>
    public double ReadDouble(string name)
    {
        if (double.TryParse(Find(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        NoteMissing(name, "a number");
        return double.NaN;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The text; empty where there is none, which is noted.</returns>
    public string ReadText(string name)
    {
        if (Find(name) is { } text)
        {
            return text;
        }

        NoteMissing(name, "a text");
        return string.Empty;
    }

    /// <summary>Notes it where a setting that was written is not the one that there is now.</summary>
    /// <param name="name">The name that it was written under.</param>
    /// <param name="expected">What it is now.</param>
    public void Check(string name, long expected) => Check(name, expected.ToString(CultureInfo.InvariantCulture));

    /// <summary>Notes it where a setting that was written is not the one that there is now.</summary>
    /// <param name="name">The name that it was written under.</param>
    /// <param name="expected">What it is now.</param>
    public void Check(string name, double expected) => Check(name, expected.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Notes it where a setting that was written is not the one that there is now.</summary>
    /// <param name="name">The name that it was written under.</param>
    /// <param name="expected">What it is now.</param>
    /// <exception cref="ArgumentNullException"><paramref name="expected"/> is null.</exception>
    public void Check(string name, string expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var found = Find(name);
        if (found != expected)
        {
            Note($"{prefix}{name} is {Quoted(expected)} here, but {(found is null ? "not" : Quoted(found))} in the file");
        }
    }

    /// <summary>Queues that a tensor is filled, in place, with the one of that name, which must have its type and shape.</summary>
    /// <param name="name">The name of the tensor in the file.</param>
    /// <param name="destination">What to fill, on any device.</param>
    /// <exception cref="ArgumentNullException"><paramref name="destination"/> is null.</exception>
    public void Fill(string name, Tensor destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (!file.Tensors.TryGetValue(prefix + name, out var entry))
        {
            Note($"'{prefix}{name}', {Describe.Tensor(destination)}, is not in the file");
        }
        else if (entry.Type != destination.dtype || !entry.Shape.SequenceEqual(destination.shape))
        {
            Note($"'{prefix}{name}' is {Describe.Tensor(destination)} here, but {entry} in the file");
        }
        else
        {
            changes.Queue(() => file.Read(entry, destination));
        }
    }

    /// <summary>Makes a tensor like one of the file, and queues that it is filled.</summary>
    /// <param name="name">The name of the tensor in the file.</param>
    /// <param name="device">Where to make it.</param>
    /// <returns>
    /// The tensor, in no dispose scope; the caller owns it once all has succeeded, and it is freed here if not. One without
    /// elements where there is none in the file, which is noted.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    public Tensor ReadTensor(string name, Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        using var noGrad = no_grad();
        var shape = file.Tensors.TryGetValue(prefix + name, out var entry) ? entry.Shape.ToArray() : [0];
        var made = empty(shape, dtype: entry?.Type ?? ScalarType.Float32, device: device).DetachFromDisposeScope();
        changes.Own(made);
        Fill(name, made);
        return made;
    }

    /// <summary>Queues a change that is made when all of the checkpoint is known to fit.</summary>
    /// <param name="change">The change. It must not throw.</param>
    /// <exception cref="ArgumentNullException"><paramref name="change"/> is null.</exception>
    public void OnSuccess(Action change)
    {
        ArgumentNullException.ThrowIfNull(change);
        changes.Queue(change);
    }

    /// <summary>Notes that something does not fit.</summary>
    /// <param name="problem">What, in a sentence without a full stop.</param>
    /// <exception cref="ArgumentException"><paramref name="problem"/> is null or blank.</exception>
    public void Note(string problem)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(problem);
        changes.Problems.Add(problem);
    }

    /// <summary>Whether a tensor of that name was written.</summary>
    internal bool HasTensor(string name) => file.Tensors.ContainsKey(prefix + name);

    /// <summary>As <see cref="Check(string, string)"/>; tells whether it was the same.</summary>
    internal bool IsSame(string name, string expected)
    {
        Check(name, expected);
        return Find(name) == expected;
    }

    /// <summary>Reads an integer in a range; what is outside is noted.</summary>
    internal long ReadInt64(string name, long min, long max)
    {
        var value = ReadInt64(name);
        if (value < min || value > max)
        {
            Note(FormattableString.Invariant($"{prefix}{name} is {value} in the file, which is not from {min} to {max}"));
        }

        return value;
    }

    /// <summary>Reads a number of things.</summary>
    internal int ReadCount(string name) => (int)ReadInt64(name, 0, int.MaxValue);

    /// <summary>Makes the changes that were queued.</summary>
    internal void Apply() => changes.Apply();

    /// <summary>Frees what was made for changes that will not be made.</summary>
    internal void Discard() => changes.Discard();

    private static string Quoted(string value) => $"\"{value}\"";

    private string? Find(string name) => file.Metadata.GetValueOrDefault(prefix + name);

    private void NoteMissing(string name, string what) => Note(
        Find(name) is { } found
            ? $"{prefix}{name} is {Quoted(found)} in the file, which is not {what}"
            : $"{prefix}{name} is not in the file");

    /// <summary>What is shared by all parts.</summary>
    private sealed class Changes
    {
        private readonly List<Action> queue = [];
        private readonly List<Tensor> made = [];

        public List<string> Problems { get; } = [];

        public void Queue(Action change) => queue.Add(change);

        public void Own(Tensor tensor) => made.Add(tensor);

        public void Apply() => queue.ForEach(change => change());

        public void Discard() => made.ForEach(tensor => tensor.Dispose());
    }
}
