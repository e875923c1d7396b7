namespace LoopGen.Generators.Model;

/// <summary>One optimizer of TorchSharp.</summary>
/// <param name="Value">Value of the member of <c>LoopGen.Optimizer</c>.</param>
/// <param name="Name">Name of that member and of PyTorch's class in <c>torch.optim</c>.</param>
/// <param name="Factory">TorchSharp's factory in <c>torch.optim</c>, which may be spelt otherwise.</param>
/// <param name="Keras">What Keras calls it.</param>
/// <param name="LearningRate">The learning rate; it is an argument of <c>Fit</c>.</param>
/// <param name="Parameters">The other numbers, in TorchSharp's order.</param>
/// <param name="Flags">The switches, in TorchSharp's order.</param>
internal sealed record OptimizerRow(
    int Value,
    string Name,
    string Factory,
    string Keras,
    ParameterRow LearningRate,
    ParameterRow[] Parameters,
    FlagRow[] Flags);
