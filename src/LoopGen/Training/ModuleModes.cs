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
