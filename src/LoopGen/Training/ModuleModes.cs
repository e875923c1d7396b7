using static TorchSharp.torch.nn;

namespace LoopGen;

/// <summary>
/// The mode (training or evaluation) of a model and of each of its submodules, as it was at one moment: a model may
/// keep some of its layers in evaluation mode while it trains.
/// </summary>
public sealed class ModuleModes
{
    private readonly IReadOnlyList<(Module Module, bool IsTraining)> modes;

    private ModuleModes(IReadOnlyList<(Module Module, bool IsTraining)> modes) => this.modes = modes;

    /// <summary>Remembers the mode of every module of a model.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <returns>The modes.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public static ModuleModes Capture(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var modes = new List<(Module Module, bool IsTraining)> { (model, model.training) };
        modes.AddRange(model.modules().Select(module => (module, module.training)));
        return new ModuleModes(modes);
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
