using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// Watches what the layers of a model are called with, and says in words what torch says from deep inside it or not at
/// all: a type that a layer does not take, and a batch normalisation in training mode that gets one value per channel.
/// </summary>
/// <remarks>
/// The variance of one value is none: it makes the running statistics NaN for good, which the loss doesn't show and every
/// later evaluation does. PyTorch refuses such a batch, and so does this. Layers in evaluation mode take any batch. A layer
/// is watched where it is called by <c>call</c>. Nothing waits for the device.
/// </remarks>
public sealed class LayerInputs : IDisposable
{
    private readonly List<Action> ofTypes = [];
    private readonly List<Action> ofStatistics = [];

    private LayerInputs()
    {
    }

    /// <summary>Watches the layers that a model has now.</summary>
    /// <param name="model">The model.</param>
    /// <returns>To be disposed when the calls that matter were made.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <remarks>
    /// A call of the model throws an <see cref="ArgumentException"/> where a layer gets a type that it does not take, and an
    /// <see cref="InvalidOperationException"/> where batch normalisation gets one value per channel.
    /// </remarks>
    public static LayerInputs Watch(nn.Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var inputs = new LayerInputs();
        var seen = new HashSet<nn.Module>(ReferenceEqualityComparer.Instance);
        foreach (var (name, layer) in model.named_modules().Append(("", model)))
        {
            if (seen.Add(layer) && layer.GetType().Assembly == typeof(Linear).Assembly)
            {
                inputs.Watch(name.Length == 0 ? layer.GetType().Name : name, layer);
            }
        }

        return inputs;
    }

    /// <summary>Ends the watch.</summary>
    public void Dispose()
    {
        ForgetTypes();
        Remove(ofStatistics);
    }

    /// <summary>Types are right after a first batch: from there on only what depends on the batch is watched.</summary>
    internal void ForgetTypes() => Remove(ofTypes);

    private static void Remove(List<Action> removals)
    {
        removals.ForEach(remove => remove());
        removals.Clear();
    }

    private void Watch(string name, nn.Module layer)
    {
        if (layer is NormBase norm and (BatchNorm or InstanceNorm))
        {
            ofStatistics.Add(norm.register_forward_pre_hook((_, input) =>
            {
                LayerInputCheck.Statistics(name, norm, input);
                return input;
            }).remove);
        }

        switch (layer)
        {
            case Embedding embedding:
                ofTypes.Add(embedding.register_forward_pre_hook((_, input) =>
                {
                    LayerInputCheck.Indices(name, embedding, input);
                    return input;
                }).remove);
                break;

            case Linear or Convolution or BatchNorm or LayerNorm or GroupNorm or PReLU:
                ofTypes.Add(((nn.Module<Tensor, Tensor>)layer).register_forward_pre_hook((_, input) =>
                {
                    LayerInputCheck.Type(name, layer, input);
                    return input;
                }).remove);
                break;

            case nn.Module<Tensor, Tensor, (Tensor, Tensor)> recurrent:
                ofTypes.Add(recurrent.register_forward_pre_hook((_, input, _) =>
                {
                    LayerInputCheck.Type(name, layer, input);
                    return null;
                }).remove);
                break;

            case nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)> recurrent:
                ofTypes.Add(recurrent.register_forward_pre_hook((_, input, _) =>
                {
                    LayerInputCheck.Type(name, layer, input);
                    return null;
                }).remove);
                break;
        }
    }
}
