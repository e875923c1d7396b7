using static TorchSharp.torch.nn;

namespace LoopGen;

/// <summary>
/// The mode (training or evaluation) of a model and of each of its submodules, as it was at one moment: a model may
/// keep some of its layers in evaluation mode while it trains.
/// </summary>
public sealed class ModuleModes
{
    private readonly IReadOnlyList<(Module Module, bool IsTraining)> modes;
    private readonly LayerInputs? inputs;

    private ModuleModes(IReadOnlyList<(Module Module, bool IsTraining)> modes, LayerInputs? inputs)
    {
        this.modes = modes;
        this.inputs = inputs;
    }

    /// <summary>Remembers the mode of every module of a model.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <returns>The modes.</returns>
    /// <remarks>
    /// Until they are put back, what the layers are called with is watched (<see cref="LayerInputs"/>): a type that a layer does
    /// not take, and a batch normalisation in training mode that gets one value per channel, are errors in words.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public static ModuleModes Capture(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Capture(model, LayerInputs.Watch(model));
    }

    /// <summary>The same for a run, which watches the layers itself.</summary>
    internal static ModuleModes Capture(Module model, LayerInputs? inputs)
    {
        var modes = new List<(Module Module, bool IsTraining)> { (model, model.training) };
        modes.AddRange(model.modules().Select(module => (module, module.training)));
        return new ModuleModes(modes, inputs);
    }

    /// <summary>
    /// The names of modules that train now and did not, though the model as a whole did: somebody had put them in evaluation
    /// mode one by one. Those below such a module are not named.
    /// </summary>
    internal IReadOnlyList<string> NewlyTraining(Module model)
    {
        if (!modes[0].IsTraining || modes.All(mode => mode.IsTraining))
        {
            return [];
        }

        var wereOff = modes.Where(mode => !mode.IsTraining && mode.Module.training)
            .Select(mode => mode.Module)
            .ToHashSet<Module>(ReferenceEqualityComparer.Instance);
        var names = new List<string>();
        foreach (var (name, module) in model.named_modules())
        {
            if (wereOff.Contains(module) && !names.Exists(above => name.StartsWith(above + ".", StringComparison.Ordinal)))
            {
                names.Add(name);
            }
        }

        return names;
    }

    /// <summary>Puts every module back to the mode it had.</summary>
    public void Restore()
    {
        inputs?.Dispose();

        // Setting a module's mode sets those below it too. On every path parents come before their children, and a
        // module that is shared is in the list once per path: what a parent overwrites is put right afterwards.
        foreach (var (module, isTraining) in modes)
        {
            if (module.training != isTraining)
            {
                module.train(isTraining);
            }
        }
    }
}
