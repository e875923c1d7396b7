using static TorchSharp.torch;

namespace LoopGen.Benchmarks.Training.Models;

/// <summary>A multilayer perceptron on 784 inputs, for ten classes.</summary>
internal static class Layers
{
    public const int Inputs = 784;
    public const int Classes = 10;

    public static nn.Module<Tensor, Tensor> Of(int width) => nn.Sequential(
        nn.Linear(Inputs, width), nn.ReLU(),
        nn.Linear(width, width), nn.ReLU(),
        nn.Linear(width, Classes));
}
