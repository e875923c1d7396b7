using TorchSharp.Modules;

namespace LoopGen.Tests;

/// <summary>Parameters without a model, and gradients that depend on the step alone, so that two sets get the same.</summary>
internal sealed class ParameterSet : IDisposable
{
    private static readonly long[][] Shapes = [[5, 3], [3], [2, 3, 2, 2]];

    public ParameterSet(ScalarType type = ScalarType.Float32)
    {
        using var generator = new Generator(3);
        Parameters = [.. Shapes.Select(shape => New(randn(shape, generator: generator).to(type)))];
    }

    public ParameterSet(params Tensor[] values) => Parameters = [.. values.Select(New)];

    public List<Parameter> Parameters { get; }

    /// <summary>Sets the gradients of a step; those whose index is given have none.</summary>
    public void SetGradients(int step, params int[] without)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)step + 100);
        for (var index = 0; index < Parameters.Count; index++)
        {
            var parameter = Parameters[index];
            var gradient = randn(parameter.shape, generator: generator).to(parameter.dtype);
            parameter.grad = without.Contains(index) ? null : gradient;
        }
    }

    /// <summary>Makes steps with the gradients of these steps.</summary>
    public void Train(optim.Optimizer optimizer, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            SetGradients(step);
            optimizer.step();
        }
    }

    /// <summary>The largest difference to another set.</summary>
    public double DifferenceTo(ParameterSet other)
    {
        using var scope = NewDisposeScope();
        return Parameters.Zip(other.Parameters, (a, b) => (a.detach() - b.detach()).abs().max().to(float64).item<double>()).Max();
    }

    public void Dispose() => Parameters.ForEach(parameter => parameter.Dispose());

    private static Parameter New(Tensor value) => (Parameter)new Parameter(value).DetachFromDisposeScope();
}
