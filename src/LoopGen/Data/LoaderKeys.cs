using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Finds a tensor in a loader's dictionary.</summary>
internal static class LoaderKeys
{
    /// <summary>The tensor under the key, or under the name that others use for it.</summary>
    public static Tensor Find(Dictionary<string, Tensor> batch, string key, string usual, string loaderName)
    {
        if (batch.TryGetValue(key, out var tensor) || batch.TryGetValue(usual, out tensor))
        {
            return tensor;
        }

        var keys = string.Join(", ", batch.Keys.Order(StringComparer.Ordinal).Select(found => $"\"{found}\""));
        throw new ArgumentException(
            $"A batch of the loader has neither \"{key}\" nor \"{usual}\". It has: {keys}. "
            + "Say which they are: Batches.FromLoader(loader, inputKey, targetKey).", loaderName);
    }
}
