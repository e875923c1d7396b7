namespace LoopGen.Tests;

/// <summary>The bits of a model's parameters and buffers at one moment.</summary>
internal static class StateCopy
{
    public static Dictionary<string, byte[]> Of(nn.Module model) =>
        model.state_dict().ToDictionary(pair => pair.Key, pair => Bits(pair.Value));

    public static byte[] Bits(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().contiguous().bytes.ToArray();
    }
}
