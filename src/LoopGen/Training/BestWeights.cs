using static TorchSharp.torch;

namespace LoopGen;

/// <summary>A copy of the weights that a model had in its best epoch.</summary>
/// <remarks>
/// Parameters and buffers are copied, on the device of the weights and in no dispose scope; nothing waits for the
/// device. An instance is for one thread at a time.
/// </remarks>
/// <param name="model">The model, on its device.</param>
public sealed class BestWeights(nn.Module model) : IStateful, IDisposable
{
    private readonly nn.Module model = model ?? throw new ArgumentNullException(nameof(model));
    private IReadOnlyList<(string Name, Tensor Copy)> kept = [];
    private bool isDisposed;

    /// <summary>Whether there is a copy.</summary>
    public bool IsKept => kept.Count > 0;

    /// <summary>Copies the weights as they are, in place of what was kept before.</summary>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public void Keep()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        using var noGrad = no_grad();
        var weights = ModelTensors.Of(model);
        if (IsLike(weights))
        {
            foreach (var (copy, weight) in kept.Zip(weights, (copy, weight) => (copy.Copy, weight.Tensor)))
            {
                copy.copy_(weight);
            }

            return;
        }

        var before = kept;
        kept = [.. weights.Select(weight => (weight.Name, weight.Tensor.clone().DetachFromDisposeScope()))];
        Free(before);
    }

    /// <summary>
    /// Makes the copy the model's weights. Their values are copied into the parameters that the model has: an optimizer
    /// that holds them goes on. The model stays as it is where nothing was kept.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The model has other parameters or buffers than when its weights were kept.
    /// </exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public void CopyToModel()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (!IsKept)
        {
            return;
        }

        var weights = ModelTensors.Of(model);
        if (!weights.Select(weight => weight.Name).SequenceEqual(kept.Select(copy => copy.Name)))
        {
            throw new InvalidOperationException(
                $"{model.GetType().Name} has other parameters or buffers than when its best weights were kept.");
        }

        using var noGrad = no_grad();
        foreach (var (copy, weight) in kept.Zip(weights, (copy, weight) => (copy.Copy, weight.Tensor)))
        {
            weight.copy_(copy);
        }
    }

    /// <summary>Frees the copy.</summary>
    public void Dispose()
    {
        isDisposed = true;
        Free(kept);
        kept = [];
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        state.Write("is_kept", IsKept ? 1 : 0);
        foreach (var (name, copy) in kept)
        {
            state.Write(name, copy);
        }
    }

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        var own = ModelTensors.Of(model).ToDictionary(weight => weight.Name, weight => weight.Tensor);
        var isKept = state.ReadInt64("is_kept", 0, 1) == 1;
        if (!state.TensorNames.ToHashSet().SetEquals(isKept ? own.Keys : []))
        {
            state.Note($"the best weights in the file are not those of {model.GetType().Name}");
            return;
        }

        // In the model's order, which is that of the comparisons here.
        IReadOnlyList<(string Name, Tensor Copy)> loaded = isKept
            ? [.. own.Select(weight => (weight.Key, state.ReadTensor(weight.Key, weight.Value.device)))]
            : [];
        foreach (var (name, copy) in loaded.Where(weight =>
            weight.Copy.dtype != own[weight.Name].dtype || !weight.Copy.shape.SequenceEqual(own[weight.Name].shape)))
        {
            state.Note($"the best '{name}' is {Describe.Tensor(own[name])} here, but {Describe.Tensor(copy)} in the file");
        }

        state.OnSuccess(() =>
        {
            Free(kept);
            kept = loaded;
        });
    }

    private static void Free(IReadOnlyList<(string Name, Tensor Copy)> copies)
    {
        foreach (var (_, copy) in copies)
        {
            copy.Dispose();
        }
    }

    /// <summary>Whether the copy can be written over. A module may put another tensor in the place of a buffer.</summary>
    private bool IsLike(IReadOnlyList<(string Name, Tensor Tensor)> weights) =>
        kept.Count == weights.Count
        && kept.Zip(weights).All(pair =>
            pair.First.Name == pair.Second.Name
            && pair.First.Copy.dtype == pair.Second.Tensor.dtype
            && pair.First.Copy.device == pair.Second.Tensor.device
            && pair.First.Copy.shape.SequenceEqual(pair.Second.Tensor.shape));
}
