using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <content>Batches whose third member is a weight for each sample.</content>
public static partial class Batches
{
    private const string UsualWeightKey = "sample_weight";

    /// <summary>
    /// Makes batches of three whole tensors whose first dimension counts samples, for models with
    /// <see cref="SampleWeightsAttribute">[SampleWeights]</see>.
    /// </summary>
    /// <param name="input">Inputs of shape (N, ...), of any type, on any device.</param>
    /// <param name="target">Targets of shape (N, ...), of any type.</param>
    /// <param name="weight">Weights of shape (N) or (N, ...), of any type.</param>
    /// <param name="batchSize">Samples per batch; the last batch of an epoch may have fewer.</param>
    /// <param name="shuffle">
    /// Whether every epoch has an order of its own. Batches are copies with and without: an operation in place on a batch
    /// does not change the data.
    /// </param>
    /// <param name="seed">
    /// Decides the orders: the same seed gives the same sequence of orders, on every device, and the same as without
    /// weights. Null (the default) takes one number from torch's global generator, so that <c>torch.manual_seed</c> decides
    /// them.
    /// </param>
    /// <param name="dropLast">Whether to leave out a last batch that has fewer samples.</param>
    /// <param name="inputName">What to call the inputs in an error; by default the argument's text.</param>
    /// <param name="targetName">What to call the targets in an error; by default the argument's text.</param>
    /// <param name="weightName">What to call the weights in an error; by default the argument's text.</param>
    /// <returns>Batches that can be read once per epoch, any number of times.</returns>
    /// <remarks>
    /// Nothing is copied or converted when this is called: uint8 stays uint8. The tensors must live as long as the
    /// batches are read; they are never disposed.
    /// </remarks>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    /// <exception cref="ArgumentException">
    /// A tensor has no dimension or no samples, or they have different numbers of them.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1.</exception>
    [SuppressMessage("ApiDesign", "RS0026", Justification = Unambiguous)]
    public static TensorBatches<(Tensor, Tensor, Tensor)> FromTensors(
        Tensor input,
        Tensor target,
        Tensor weight,
        int batchSize = 32,
        bool shuffle = false,
        int? seed = null,
        bool dropLast = false,
        [CallerArgumentExpression(nameof(input))] string? inputName = null,
        [CallerArgumentExpression(nameof(target))] string? targetName = null,
        [CallerArgumentExpression(nameof(weight))] string? weightName = null)
    {
        CheckSamples(input, target, inputName ?? nameof(input), targetName ?? nameof(target));
        CheckSamples(input, weight, inputName ?? nameof(input), weightName ?? nameof(weight));
        return new TensorBatches<(Tensor, Tensor, Tensor)>(
            [input, target, weight], static parts => (parts[0], parts[1], parts[2]), batchSize, shuffle, seed, dropLast);
    }

    /// <summary>
    /// Reads inputs, targets and weights from TorchSharp's loader of dictionaries, for models with
    /// <see cref="SampleWeightsAttribute">[SampleWeights]</see>.
    /// </summary>
    /// <param name="loader">The loader. It is not disposed.</param>
    /// <param name="inputKey">The key of the inputs; where it is absent, TorchSharp's own <c>data</c>.</param>
    /// <param name="targetKey">The key of the targets; where it is absent, TorchSharp's own <c>label</c>.</param>
    /// <param name="weightKey">The key of the weights; where it is absent, Keras's name <c>sample_weight</c>.</param>
    /// <param name="loaderName">What to call the loader in an error; by default the argument's text.</param>
    /// <returns>
    /// The batches, and their number where the loader knows it. A batch is dead once the next is asked for, unless the
    /// loader was made with <c>disposeBatch: false</c>; the caller frees them then.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// A batch lacks both keys of a member; the message names those it has. Thrown when that batch is asked for.
    /// </exception>
    [SuppressMessage("ApiDesign", "RS0026", Justification = Unambiguous)]
    public static IEnumerable<(Tensor, Tensor, Tensor)> FromWeightedLoader(
        DataLoader loader,
        string inputKey,
        string targetKey,
        string weightKey,
        [CallerArgumentExpression(nameof(loader))] string? loaderName = null)
    {
        loaderName ??= nameof(loader);
        ArgumentNullException.ThrowIfNull(loader, loaderName);
        ArgumentNullException.ThrowIfNull(inputKey);
        ArgumentNullException.ThrowIfNull(targetKey);
        ArgumentNullException.ThrowIfNull(weightKey);
        return new LoaderBatches<Dictionary<string, Tensor>, Dictionary<string, Tensor>, (Tensor, Tensor, Tensor)>(
            loader,
            batch => (
                LoaderKeys.Find(batch, inputKey, "data", loaderName),
                LoaderKeys.Find(batch, targetKey, "label", loaderName),
                LoaderKeys.Find(batch, weightKey, UsualWeightKey, loaderName)));
    }

    /// <summary>
    /// Reads inputs, targets and weights from TorchSharp's loader of lists, for models with
    /// <see cref="SampleWeightsAttribute">[SampleWeights]</see>.
    /// </summary>
    /// <param name="loader">The loader of lists of three tensors: input, target, weight. It is not disposed.</param>
    /// <param name="loaderName">What to call the loader in an error; by default the argument's text.</param>
    /// <returns>
    /// The batches, and their number where the loader knows it. A batch is dead once the next is asked for, unless the
    /// loader was made with <c>disposeBatch: false</c>; the caller frees them then.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="loader"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// A batch is not a list of three tensors. Thrown when that batch is asked for.
    /// </exception>
    [SuppressMessage("ApiDesign", "RS0026", Justification = Unambiguous)]
    public static IEnumerable<(Tensor, Tensor, Tensor)> FromWeightedLoader(
        IterableDataLoader loader, [CallerArgumentExpression(nameof(loader))] string? loaderName = null)
    {
        loaderName ??= nameof(loader);
        ArgumentNullException.ThrowIfNull(loader, loaderName);
        return new LoaderBatches<IList<Tensor>, IList<Tensor>, (Tensor, Tensor, Tensor)>(loader, batch => batch.Count == 3
            ? (batch[0], batch[1], batch[2])
            : throw new ArgumentException(
                $"A batch of the loader must be a list of three tensors, input, target and weight, but has {batch.Count}.",
                loaderName));
    }
}
