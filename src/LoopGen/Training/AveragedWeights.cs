using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// Averages of a model's weights over the steps of its training, which often do better than the last weights: an
/// exponential moving average, or an equal one (<see cref="Equal"/>: stochastic weight averaging).
/// </summary>
/// <remarks>
/// Parameters and floating buffers, such as the running statistics of batch normalisation, are averaged; a parameter
/// that several layers share is averaged once; integer buffers and batch normalisation's <c>num_batches_tracked</c>, of any
/// type, are copied. Averages of float16 and bfloat16 weights are
/// kept in float32, where small steps do not vanish. All of it lives on the device of the weights, in no dispose scope,
/// and nothing waits for the device. Make it after the model has moved to its device. An instance is for one thread at
/// a time.
/// </remarks>
public sealed class AveragedWeights : IStateful, IDisposable
{
    private readonly nn.Module model;
    private readonly List<(string Name, Tensor Average)> averages = [];
    private readonly double? decay;
    private readonly bool warmup;
    private List<Tensor>? swappedOut;
    private bool isDisposed;

    /// <summary>
    /// Makes an exponential moving average that begins with the weights as they are: every update makes it
    /// <c>d · average + (1 - d) · weight</c>.
    /// </summary>
    /// <param name="model">The model, on its device.</param>
    /// <param name="decay">The share that the average keeps, at least 0 and less than 1; by default 0.999.</param>
    /// <param name="warmup">
    /// Whether to begin with a smaller one, so that the first weights are soon forgotten: with <c>n</c> updates before,
    /// <c>d = min(decay, (1 + n) / (10 + n))</c>, as TensorFlow's
    /// <see href="https://www.tensorflow.org/api_docs/python/tf/train/ExponentialMovingAverage">ExponentialMovingAverage</see>
    /// does with <c>num_updates</c>. Without, <c>d = decay</c>, as in PyTorch's
    /// <see href="https://pytorch.org/docs/stable/optim.html#weight-averaging-swa-and-ema">get_ema_multi_avg_fn</see>.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decay"/> is out of its range.</exception>
    public AveragedWeights(nn.Module model, double decay = 0.999, bool warmup = true)
        : this(model, (double?)CheckDecay(decay), warmup)
    {
    }

    private AveragedWeights(nn.Module model, double? decay, bool warmup)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.model = model;
        this.decay = decay;
        this.warmup = warmup;

        using var noGrad = no_grad();
        foreach (var (name, weight) in ModelTensors.Of(model))
        {
            var average = IsNarrow(weight) ? weight.to_type(float32) : weight.clone();
            averages.Add((name, average.DetachFromDisposeScope()));
        }
    }

    /// <summary>How many updates were made.</summary>
    public long Updates { get; private set; }

    /// <summary>
    /// Makes an average in which every update counts the same, <c>average + (weight - average) / (n + 1)</c> after
    /// <c>n</c> updates: the weights of the epochs of a training's last part, as a rule.
    /// </summary>
    /// <param name="model">The model, on its device.</param>
    /// <returns>The average; its first update takes the weights as they are then.</returns>
    /// <remarks>
    /// PyTorch's <see href="https://pytorch.org/docs/stable/optim.html#weight-averaging-swa-and-ema">AveragedModel</see>
    /// with <c>use_buffers=True</c>. The statistics of batch normalisation are averaged like the weights; PyTorch's
    /// other way, <c>update_bn</c>, computes them anew with a pass over the data.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public static AveragedWeights Equal(nn.Module model) => new(model, decay: null, warmup: false);

    /// <summary>Takes the weights as they are into the average: after a step of the optimizer, or an epoch.</summary>
    /// <exception cref="InvalidOperationException">
    /// The averages are in the model (<see cref="SwapIn"/>), or the model has other parameters or buffers than before.
    /// </exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public void Update()
    {
        ThrowIfSwapped("taken into the average");

        // The share of the new weights.
        var share = decay is not { } limit ? 1.0 / (Updates + 1)
            : warmup ? Math.Max(1 - limit, 9.0 / (10 + Updates))
            : 1 - limit;

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var number = share.ToScalar();
        var shares = new Dictionary<(ScalarType Type, DeviceType Device, int Index), Tensor>();
        foreach (var ((average, weight), (name, _)) in Pairs().Zip(averages))
        {
            if (IsCounter(name) || (!average.is_floating_point() && !average.is_complex()))
            {
                average.copy_(weight);
                continue;
            }

            var key = (average.dtype, average.device_type, average.device_index);
            if (!shares.TryGetValue(key, out var factor))
            {
                factor = full([], number, average.dtype, average.device);
                shares.Add(key, factor);
            }

            // One launch, and exact where the two are the same, which d · a + (1 - d) · w in float32 is not.
            average.lerp_(IsNarrow(weight) ? weight.to_type(float32) : weight, factor);
        }

        Updates++;
    }

    /// <summary>
    /// Puts the averages into the model, to evaluate or save it, until what is returned is disposed; then the model has
    /// its own weights again, bit for bit.
    /// </summary>
    /// <returns>To be disposed, to put the model's own weights back.</returns>
    /// <remarks>
    /// The values are copied into the parameters that the model has: an optimizer that holds them goes on. The model's
    /// own weights are kept beside them meanwhile. Before the first update the model stays as it is.
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// The averages are in the model already, or the model has other parameters or buffers than before.
    /// </exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public IDisposable SwapIn()
    {
        ThrowIfSwapped("swapped in again");
        using var noGrad = no_grad();
        var kept = new List<Tensor>();
        if (Updates > 0)
        {
            // All copies first: if the memory does not suffice, the model is as it was.
            try
            {
                kept.AddRange(Pairs().Select(pair => pair.Weight.clone().DetachFromDisposeScope()));
            }
            catch
            {
                kept.ForEach(weight => weight.Dispose());
                throw;
            }

            CopyAverages();
        }

        swappedOut = kept;
        return new Swap(this, kept);
    }

    /// <summary>
    /// Makes the averages the model's weights, at the end of a training. Before the first update the model stays as it
    /// is.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The averages are in the model (<see cref="SwapIn"/>) and will be taken out, or the model has other parameters or
    /// buffers than before.
    /// </exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public void CopyToModel()
    {
        ThrowIfSwapped("copied to it");
        if (Updates > 0)
        {
            CopyAverages();
        }
    }

    /// <summary>Frees the averages. If they are in the model, its own weights are put back first.</summary>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        try
        {
            SwapOut();
        }
        finally
        {
            averages.ForEach(pair => pair.Average.Dispose());
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The averages are in the model.</exception>
    public void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        ThrowIfSwapped("saved");
        state.Write("decay", decay ?? double.NaN);
        state.Write("warmup", warmup ? 1 : 0);
        state.Write("updates", Updates);
        foreach (var (name, average) in averages)
        {
            state.Write(name, average);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The averages are in the model.</exception>
    public void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        ThrowIfSwapped("loaded");
        state.Check("decay", decay ?? double.NaN);
        state.Check("warmup", warmup ? 1 : 0);
        var updates = state.ReadInt64("updates", 0, long.MaxValue);
        state.OnSuccess(() => Updates = updates);
        foreach (var (name, average) in averages)
        {
            state.Fill(name, average);
        }
    }

    // How often the layer was trained: a number that is counted, and floating only where the model was converted.
    private static bool IsCounter(string name) => name.AsSpan()[(name.LastIndexOf('.') + 1)..] is "num_batches_tracked";

    private static bool IsNarrow(Tensor weight) => weight.dtype is ScalarType.Float16 or ScalarType.BFloat16;

    private static double CheckDecay(double decay) =>
        decay is >= 0 and < 1
            ? decay
            : throw new ArgumentOutOfRangeException(
                nameof(decay), decay, "decay must be at least 0 and less than 1.");

    private void CopyAverages()
    {
        using var noGrad = no_grad();
        foreach (var (average, weight) in Pairs())
        {
            weight.copy_(average);
        }
    }

    private void SwapOut()
    {
        if (swappedOut is not { } kept)
        {
            return;
        }

        swappedOut = null;
        try
        {
            using var noGrad = no_grad();
            foreach (var (weight, own) in Pairs().Select(pair => pair.Weight).Zip(kept))
            {
                weight.copy_(own);
            }
        }
        finally
        {
            kept.ForEach(weight => weight.Dispose());
        }
    }

    /// <summary>
    /// Each average with its weight. The weights are looked up every time: a module may put another tensor in the place
    /// of a buffer.
    /// </summary>
    private IReadOnlyList<(Tensor Average, Tensor Weight)> Pairs()
    {
        var weights = ModelTensors.Of(model);
        if (!weights.Select(pair => pair.Name).SequenceEqual(averages.Select(pair => pair.Name)))
        {
            throw new InvalidOperationException(
                $"{model.GetType().Name} has other parameters or buffers than when its averages were made.");
        }

        return [.. averages.Zip(weights, (average, weight) => (average.Average, weight.Tensor))];
    }

    private void ThrowIfSwapped(string what)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (swappedOut is not null)
        {
            throw new InvalidOperationException(
                $"The averages are in the model, so they cannot be {what}: dispose what SwapIn() returned first.");
        }
    }

    private sealed class Swap(AveragedWeights owner, List<Tensor> kept) : IDisposable
    {
        public void Dispose()
        {
            // Disposed twice, it must not end a later swap.
            if (owner.swappedOut == kept)
            {
                owner.SwapOut();
            }
        }
    }
}
