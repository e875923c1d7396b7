using static TorchSharp.torch;

namespace LoopGen;

/// <summary>What of a model is saved. Nothing to save is an error: an empty file would take the place of a good one.</summary>
internal static class SavedState
{
    /// <summary>The tensors of a model by their names.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="InvalidOperationException">It has no tensor, or one that was freed.</exception>
    public static IReadOnlyDictionary<string, Tensor> Of(nn.Module model, string path)
    {
        var kept = $"'{path}' was not written; a file that is there is as it was.";
        try
        {
            _ = model.training;
        }
        catch (ObjectDisposedException)
        {
            throw new ObjectDisposedException(model.GetType().Name, $"The model was disposed, so there is nothing to save: save it before. {kept}");
        }

        var state = model.state_dict();
        if (state.Count == 0)
        {
            throw new InvalidOperationException(
                $"{model.GetType().Name} has nothing to save: no parameter and no buffer. If it was disposed, save it before; if its layers are fields, call RegisterComponents() "
                + $"at the end of the constructor. {kept}");
        }

        return FreedTensors.Describe(model) is { } freed && state.Values.Any(tensor => tensor.IsInvalid)
            ? throw new InvalidOperationException($"{freed} {kept}")
            : state;
    }
}
