using static TorchSharp.torch.nn;

namespace LoopGen.Examples.Tests;

/// <summary>Tensors as bytes, to be compared bit for bit.</summary>
internal static class Bits
{
    public static byte[] Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().contiguous().bytes.ToArray();
    }

    /// <summary>All parameters and buffers of a model.</summary>
    public static byte[] Of(Module model) => [.. model.state_dict().Values.SelectMany(Of)];

    /// <summary>All gradients; a parameter without one counts as no bytes.</summary>
    public static byte[][] OfGradients(Module model)
    {
        using var scope = NewDisposeScope();
        return [.. model.parameters().Select(parameter => parameter.grad is { } gradient ? Of(gradient) : [])];
    }
}
