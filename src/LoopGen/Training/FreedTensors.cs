using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Names the tensors of a model that were freed, where torch says "Tensor invalid -- empty handle."</summary>
internal static class FreedTensors
{
    private const int MaxNames = 5;

    /// <summary>Whether an exception says that a tensor was freed.</summary>
    public static bool IsCause(Exception exception) =>
        exception is InvalidOperationException && exception.Message.Contains("empty handle", StringComparison.Ordinal);

    /// <summary>Which they are, and what to do; null where the model holds none.</summary>
    public static string? Describe(nn.Module model)
    {
        var registered = ModelTensors.Of(model);
        var freed = registered.Where(pair => pair.Tensor.IsInvalid).Select(pair => pair.Name).ToList();
        if (freed.Count > 0 && freed.Count == registered.Count)
        {
            return $"{model.GetType().Name} was disposed: all its parameters and buffers are freed.";
        }

        foreach (var (path, value) in ModelFields.Of(model))
        {
            if (value is Tensor { IsInvalid: true } && !freed.Contains(path))
            {
                freed.Add(path);
            }
        }

        if (freed.Count == 0)
        {
            return null;
        }

        var more = freed.Count > MaxNames ? ", and more" : "";
        return $"{model.GetType().Name} holds tensors that were freed: {string.Join(", ", freed.Take(MaxNames))}{more}. What forward makes "
            + "is freed when its step ends. Change a buffer in place, with copy_; keep a state over batches with "
            + "state.detach().DetachFromDisposeScope(), and dispose the one before. A Parameter that two layers share is replaced "
            + "in one of them when the model moves: share the layer instead.";
    }
}
