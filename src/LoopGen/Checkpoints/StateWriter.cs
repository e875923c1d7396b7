using System.Globalization;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Collects the state of one part of a training, under names: what <see cref="IStateful.SaveState"/> writes to.</summary>
public sealed class StateWriter
{
    private readonly string prefix;
    private readonly Dictionary<string, Tensor> tensors;
    private readonly Dictionary<string, string> texts;
    private readonly List<Tensor> owned;

    internal StateWriter()
        : this(string.Empty, new(StringComparer.Ordinal), new(StringComparer.Ordinal), [])
    {
    }

    private StateWriter(
        string prefix, Dictionary<string, Tensor> tensors, Dictionary<string, string> texts, List<Tensor> owned)
    {
        this.prefix = prefix;
        this.tensors = tensors;
        this.texts = texts;
        this.owned = owned;
    }

    /// <summary>All tensors by their full names.</summary>
    internal IReadOnlyDictionary<string, Tensor> Tensors => tensors;

    /// <summary>All numbers and texts by their full names.</summary>
    internal IReadOnlyDictionary<string, string> Texts => texts;

    /// <summary>The same, for a part: its names are written behind this one and a dot.</summary>
    /// <param name="name">The name of the part.</param>
    /// <returns>Where the part is written to.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    public StateWriter Part(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new StateWriter($"{prefix}{name}.", tensors, texts, owned);
    }

    /// <summary>Writes a tensor of any type that the file format has, on any device.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The tensor. It is read later, so it must not be disposed when this returns.</param>
    /// <exception cref="ArgumentException">The name is empty, or was written before.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public void Write(string name, Tensor value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        tensors.Add(prefix + name, value);
    }

    /// <summary>Writes an integer.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The integer.</param>
    /// <exception cref="ArgumentException">The name is empty, or was written before.</exception>
    public void Write(string name, long value) => Write(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes a number, so that the same bits are read again; NaN and infinities, too.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentException">The name is empty, or was written before.</exception>
    public void Write(string name, double value) => Write(name, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Writes a text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The text.</param>
    /// <exception cref="ArgumentException">The name is empty, or was written before.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public void Write(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        texts.Add(prefix + name, value);
    }

    /// <summary>Writes a tensor that is freed when the file is written.</summary>
    internal void WriteOwned(string name, Tensor value)
    {
        owned.Add(value.DetachFromDisposeScope());
        Write(name, value);
    }

    /// <summary>Frees the tensors that were made for the file.</summary>
    internal void FreeOwned() => owned.ForEach(tensor => tensor.Dispose());
}
