using static TorchSharp.torch;

namespace LoopGen;

/// <summary>What a model holds: the tensors that a copy of it must have.</summary>
internal static class ModelTensors
{
    /// <summary>Parameters, each once, and buffers, by name.</summary>
    public static IReadOnlyList<(string Name, Tensor Tensor)> Of(nn.Module model) =>
        [.. model.named_parameters().Select(pair => (pair.name, (Tensor)pair.parameter)), .. model.named_buffers()];
}
