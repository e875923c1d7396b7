using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Makes batches of what there is, and reads them so that their memory is freed in time.</summary>
public static partial class Batches
{
    private const string Unambiguous =
        "The overloads differ in their first parameter; the compiler fills in the optional one.";

    /// <summary>
    /// Reads a source of batches so that what it makes for one batch is freed when the next is asked for, and an empty
    /// source is an error.
    /// </summary>
    /// <typeparam name="TBatch">A tensor, a tuple of tensors, or anything else that holds some.</typeparam>
    /// <param name="source">
    /// The batches of one epoch. It is enumerated once; its enumerator is disposed at the end, after a <c>break</c> and
    /// after an exception too.
    /// </param>
    /// <param name="startAt">
    /// Where the training is: the batches of the running epoch that its updates have used are left out, and it is told of
    /// every batch that is read. <see cref="IResumableBatches{TBatch}"/> begin there; of other sources those before it are
    /// read and freed. Null (the default) reads all of them.
    /// </param>
    /// <param name="name">What to call the source in an error; by default the argument's text.</param>
    /// <returns>The same batches, one at a time. Each is alive until the next is asked for.</returns>
    /// <remarks>
    /// The source works in a dispose scope of its own that is closed before its batch is handed out. Tensors that it
    /// made there belong to that batch; whatever it made before, keeps in a list, detached from scopes with
    /// <c>DetachFromDisposeScope()</c> or put in a scope of its own is left alone. So is everything that the reader of
    /// the batches makes.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The source gave no batch: it is empty, or was read before and can be read only once. Thrown when the first batch
    /// is asked for.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The source used or gave a tensor that was freed with an earlier batch. Thrown when that batch is asked for.
    /// </exception>
    public static IEnumerable<TBatch> Checked<TBatch>(
        IEnumerable<TBatch> source,
        TrainingProgress? startAt = null,
        [CallerArgumentExpression(nameof(source))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(source, name ?? nameof(source));
        return Read(source, name ?? nameof(source), startAt);
    }

    /// <summary>
    /// Reads a source of batches in windows: batches in a row whose gradients are added up for one update of the
    /// weights. Batches are freed as in <see cref="Checked"/>.
    /// </summary>
    /// <typeparam name="TBatch">A tensor, a tuple of tensors, or anything else that holds some.</typeparam>
    /// <param name="source">
    /// The batches of one epoch. It is enumerated once; its enumerator is disposed at the end, after a <c>break</c> and
    /// after an exception too.
    /// </param>
    /// <param name="size">Batches per window, at least 1; the last window of the epoch may have fewer.</param>
    /// <param name="startAt">
    /// Where the training is: the batches of the running epoch that its updates have used are left out, and it is told of
    /// every batch that is read. <see cref="IResumableBatches{TBatch}"/> begin there; of other sources those before it are
    /// read and freed. Null (the default) reads all of them.
    /// </param>
    /// <param name="name">What to call the source in an error; by default the argument's text.</param>
    /// <returns>
    /// The windows, none of them empty. A window can be walked once, before the next is asked for; each of its batches
    /// is alive until the next batch or the next window is asked for.
    /// </returns>
    /// <remarks>
    /// A batch is read when it is asked for: asking for a window reads its first. If the walk through a window is
    /// broken off, asking for the next one reads and frees what is left of it, so that windows always begin at
    /// multiples of <paramref name="size"/>.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">
    /// The source gave no batch: it is empty, or was read before and can be read only once. Thrown when the first
    /// window is asked for.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The source used or gave a tensor that was freed with an earlier batch, thrown when that batch is asked for; or a
    /// window is walked a second time or too late.
    /// </exception>
    public static IEnumerable<IEnumerable<TBatch>> Windows<TBatch>(
        IEnumerable<TBatch> source,
        int size,
        TrainingProgress? startAt = null,
        [CallerArgumentExpression(nameof(source))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(source, name ?? nameof(source));
        if (size < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, "size must be at least 1.");
        }

        return ReadWindows(source, size, name ?? nameof(source), startAt);
    }

    /// <summary>Makes batches of two whole tensors whose first dimension counts samples.</summary>
    /// <param name="input">Inputs of shape (N, ...), of any type, on any device.</param>
    /// <param name="target">Targets of shape (N, ...), of any type.</param>
    /// <param name="batchSize">Samples per batch; the last batch of an epoch may have fewer.</param>
    /// <param name="shuffle">
    /// Whether every epoch has an order of its own. Batches are copies with and without: an operation in place on a batch
    /// does not change the data.
    /// </param>
    /// <param name="seed">
    /// Decides the orders: the same seed gives the same sequence of orders, on every device. Null (the default) takes
    /// one number from torch's global generator, so that <c>torch.manual_seed</c> decides them.
    /// </param>
    /// <param name="dropLast">Whether to leave out a last batch that has fewer samples.</param>
    /// <param name="inputName">What to call the inputs in an error; by default the argument's text.</param>
    /// <param name="targetName">What to call the targets in an error; by default the argument's text.</param>
    /// <returns>Batches that can be read once per epoch, any number of times.</returns>
    /// <remarks>
    /// Nothing is copied or converted when this is called: uint8 stays uint8. The tensors must live as long as the
    /// batches are read; they are never disposed.
    /// </remarks>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    /// <exception cref="ArgumentException">
    /// A tensor has no dimension or no samples, or the two have different numbers of them.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1.</exception>
    [SuppressMessage("ApiDesign", "RS0026", Justification = Unambiguous)]
    public static TensorBatches<(Tensor, Tensor)> FromTensors(
        Tensor input,
        Tensor target,
        int batchSize = 32,
        bool shuffle = false,
        int? seed = null,
        bool dropLast = false,
        [CallerArgumentExpression(nameof(input))] string? inputName = null,
        [CallerArgumentExpression(nameof(target))] string? targetName = null)
    {
        CheckSamples(input, target, inputName ?? nameof(input), targetName ?? nameof(target));
        return new TensorBatches<(Tensor, Tensor)>(
            [input, target], static parts => (parts[0], parts[1]), batchSize, shuffle, seed, dropLast);
    }

    /// <summary>Makes batches of one whole tensor, in its order: for predictions.</summary>
    /// <param name="input">Inputs of shape (N, ...), of any type, on any device.</param>
    /// <param name="batchSize">Samples per batch; the last batch may have fewer.</param>
    /// <param name="inputName">What to call the inputs in an error; by default the argument's text.</param>
    /// <returns>Batches that are copies of parts of the data.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="input"/> has no dimension or no samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1.</exception>
    public static TensorBatches<Tensor> FromTensor(
        Tensor input, int batchSize = 32, [CallerArgumentExpression(nameof(input))] string? inputName = null)
    {
        CountSamples(input, inputName ?? nameof(input));
        return new TensorBatches<Tensor>(
            [input], static parts => parts[0], batchSize, shuffle: false, seed: null, dropLast: false);
    }

    /// <summary>Reads pairs of tensors from TorchSharp's loader of dictionaries.</summary>
    /// <param name="loader">The loader. It is not disposed.</param>
    /// <param name="inputKey">The key of the inputs; where it is absent, TorchSharp's own <c>data</c>.</param>
    /// <param name="targetKey">The key of the targets; where it is absent, TorchSharp's own <c>label</c>.</param>
    /// <param name="loaderName">What to call the loader in an error; by default the argument's text.</param>
    /// <returns>
    /// The pairs, and their number where the loader knows it. A pair is dead once the next is asked for, unless the
    /// loader was made with <c>disposeBatch: false</c>; the caller frees them then.
    /// </returns>
    /// <remarks>
    /// TorchSharp's loader repeats one order in every epoch when it is given a seed, and is several times slower than
    /// <c>FromTensors</c>: prefer that for data that fits in memory.
    /// </remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// A batch has neither key; the message names those it has. Thrown when that batch is asked for.
    /// </exception>
    [SuppressMessage("ApiDesign", "RS0026", Justification = Unambiguous)]
    public static IEnumerable<(Tensor, Tensor)> FromLoader(
        DataLoader loader,
        string inputKey,
        string targetKey,
        [CallerArgumentExpression(nameof(loader))] string? loaderName = null)
    {
        loaderName ??= nameof(loader);
        ArgumentNullException.ThrowIfNull(loader, loaderName);
        ArgumentNullException.ThrowIfNull(inputKey);
        ArgumentNullException.ThrowIfNull(targetKey);
        return new LoaderBatches<Dictionary<string, Tensor>, Dictionary<string, Tensor>, (Tensor, Tensor)>(
            loader,
            batch => (
                LoaderKeys.Find(batch, inputKey, "data", loaderName),
                LoaderKeys.Find(batch, targetKey, "label", loaderName)));
    }

    /// <summary>Reads pairs of tensors from TorchSharp's loader of lists.</summary>
    /// <param name="loader">The loader of lists of two tensors, input and target. It is not disposed.</param>
    /// <param name="loaderName">What to call the loader in an error; by default the argument's text.</param>
    /// <returns>
    /// The pairs, and their number where the loader knows it. A pair is dead once the next is asked for, unless the
    /// loader was made with <c>disposeBatch: false</c>; the caller frees them then.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="loader"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// A batch is not a list of two tensors. Thrown when that batch is asked for.
    /// </exception>
    [SuppressMessage("ApiDesign", "RS0026", Justification = Unambiguous)]
    public static IEnumerable<(Tensor, Tensor)> FromLoader(
        IterableDataLoader loader, [CallerArgumentExpression(nameof(loader))] string? loaderName = null)
    {
        loaderName ??= nameof(loader);
        ArgumentNullException.ThrowIfNull(loader, loaderName);
        return new LoaderBatches<IList<Tensor>, IList<Tensor>, (Tensor, Tensor)>(loader, batch => batch.Count == 2
            ? (batch[0], batch[1])
            : throw new ArgumentException(
                $"A batch of the loader must be a list of two tensors, input and target, but has {batch.Count}.",
                loaderName));
    }

    private static void CheckSamples(Tensor input, Tensor other, string inputName, string otherName)
    {
        var samples = CountSamples(input, inputName);
        var others = CountSamples(other, otherName);
        if (samples != others)
        {
            throw new ArgumentException(
                $"{inputName} and {otherName} must have the same number of samples in their first dimension, but "
                + $"{inputName} {Describe.Shape(input.shape)} has {samples} and {otherName} "
                + $"{Describe.Shape(other.shape)} has {others}.",
                otherName);
        }
    }

    private static long CountSamples(Tensor tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        if (tensor.dim() == 0)
        {
            throw new ArgumentException(
                $"{name} must have a first dimension that counts samples, but is {Describe.Tensor(tensor)}.", name);
        }

        var samples = tensor.size(0);
        return samples > 0
            ? samples
            : throw new ArgumentException($"{name} has no samples: it is {Describe.Tensor(tensor)}.", name);
    }

    private static IEnumerable<TBatch> Read<TBatch>(
        IEnumerable<TBatch> source, string name, TrainingProgress? startAt)
    {
        var reader = new BatchReader<TBatch>(source, name, startAt);
        try
        {
            while (reader.MoveNext())
            {
                yield return reader.Current;
            }
        }
        finally
        {
            reader.Dispose();
        }
    }

    private static IEnumerable<IEnumerable<TBatch>> ReadWindows<TBatch>(
        IEnumerable<TBatch> source, int size, string name, TrainingProgress? startAt)
    {
        var reader = new BatchReader<TBatch>(source, name, startAt);
        try
        {
            var isLast = false;
            while (!isLast && reader.MoveNext())
            {
                var window = new BatchWindow<TBatch>(reader, size);
                yield return window;
                window.Skip();
                isLast = window.IsLast;
            }
        }
        finally
        {
            reader.Dispose();
        }
    }
}
