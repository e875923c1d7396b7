using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace LoopGen.Tests;

/// <summary>Parameters whose gradients are set by hand: one per array, and one that has none.</summary>
internal sealed class GradientModel : Module
{
    public GradientModel(ScalarType type, params double[][] gradients)
        : base(nameof(GradientModel))
    {
        Unused = Parameter(zeros(3, type));
        register_parameter("unused", Unused);
        foreach (var (index, values) in gradients.Index())
        {
            var parameter = Parameter(ones(values.Length, type));
            using var gradient = tensor(values, type).DetachFromDisposeScope();
            parameter.grad = gradient;
            register_parameter($"parameter{index}", parameter);
            Parameters.Add(parameter);
        }
    }

    public Parameter Unused { get; }

    public List<Parameter> Parameters { get; } = [];

    /// <summary>The gradients as numbers, in the order they were given.</summary>
    public double[][] Gradients => [.. Parameters.Select(parameter =>
    {
        using var gradient = parameter.grad!;
        using var wide = gradient.to_type(float64);
        return wide.data<double>().ToArray();
    })];
}
