using static TorchSharp.torch;

namespace LoopGen;

/// <summary>A model's parameters and persistent buffers, under the names of <c>state_dict()</c>.</summary>
internal sealed class StatefulModel(nn.Module model) : IStateful
{
    /// <summary>Whether all parameters are finite and all buffers are numbers: an infinity may stand in a mask.</summary>
    public bool HasOnlyNumbers
    {
        get
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            return model.parameters().All(parameter => parameter.isfinite().all().item<bool>())
                && !model.state_dict().Values.Any(buffer => buffer.isnan().any().item<bool>());
        }
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter state)
    {
        foreach (var (name, tensor) in model.state_dict())
        {
            state.Write(name, tensor);
        }
    }

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        var own = model.state_dict();
        foreach (var (name, tensor) in own)
        {
            state.Fill(name, tensor);
        }

        foreach (var name in state.TensorNames.Where(name => !own.ContainsKey(name)))
        {
            state.Note($"'{name}' is in the file, but not in {model.GetType().Name}");
        }
    }
}
