using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Listens to the calls of a model and of all its modules, as long as it lives.</summary>
internal sealed class ForwardHooks : IDisposable
{
    private readonly Action<string, nn.Module, Tensor?[], Tensor> onOutput;
    private readonly List<Action> removals = [];

    /// <summary>Registers hooks on the modules that there are, each once.</summary>
    /// <param name="model">The model.</param>
    /// <param name="onInputs">Gets what the model is called with, before it runs.</param>
    /// <param name="onOutput">Gets the path of a module (empty for the model), itself, its inputs and its output.</param>
    public ForwardHooks(
        nn.Module model, Action<Tensor?[]> onInputs, Action<string, nn.Module, Tensor?[], Tensor> onOutput)
    {
        this.onOutput = onOutput;
        var seen = new HashSet<nn.Module>(ReferenceEqualityComparer.Instance);
        foreach (var (name, module) in model.named_modules())
        {
            if (seen.Add(module))
            {
                Listen(name, module);
            }
        }

        if (seen.Add(model))
        {
            Listen("", model);
        }

        ListenBefore(model, onInputs);
    }

    /// <summary>Removes the hooks.</summary>
    public void Dispose()
    {
        removals.ForEach(remove => remove());
        removals.Clear();
    }

    // A hook that returns what it was given changes nothing.
    private void Listen(string name, nn.Module module)
    {
        switch (module)
        {
            case nn.Module<Tensor, Tensor> one:
                removals.Add(one.register_forward_hook((_, input, output) => Tell(name, module, output, input)).remove);
                break;

            case nn.Module<Tensor, Tensor, Tensor> two:
                removals.Add(two.register_forward_hook((_, a, b, output) => Tell(name, module, output, a, b)).remove);
                break;

            case nn.Module<Tensor, Tensor, Tensor, Tensor> three:
                removals.Add(three.register_forward_hook((_, a, b, c, output) => Tell(name, module, output, a, b, c)).remove);
                break;
        }
    }

    private void ListenBefore(nn.Module model, Action<Tensor?[]> onInputs)
    {
        switch (model)
        {
            case nn.Module<Tensor, Tensor> one:
                removals.Add(one.register_forward_pre_hook((_, input) =>
                {
                    onInputs([input]);
                    return input;
                }).remove);
                break;

            case nn.Module<Tensor, Tensor, Tensor> two:
                removals.Add(two.register_forward_pre_hook((_, a, b) =>
                {
                    onInputs([a, b]);
                    return null;
                }).remove);
                break;

            case nn.Module<Tensor, Tensor, Tensor, Tensor> three:
                removals.Add(three.register_forward_pre_hook((_, a, b, c) =>
                {
                    onInputs([a, b, c]);
                    return null;
                }).remove);
                break;
        }
    }

    private Tensor Tell(string name, nn.Module module, Tensor output, params Tensor?[] inputs)
    {
        onOutput(name, module, inputs, output);
        return output;
    }
}
