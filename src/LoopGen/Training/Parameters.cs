using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Picks parameters for the groups of an optimizer.</summary>
public static class Parameters
{
    /// <summary>The parameters of a model that belong to none of some others.</summary>
    /// <param name="model">The model.</param>
    /// <param name="others">Parameters that have a group of their own, or are frozen.</param>
    /// <returns>The rest, each parameter once, in the model's order.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IReadOnlyList<Parameter> Except(nn.Module model, params IEnumerable<Parameter>[] others)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(others);
        var taken = others.SelectMany(parameters => parameters).ToHashSet<Tensor>(ReferenceEqualityComparer.Instance);
        return [.. model.parameters().Where(parameter => taken.Add(parameter))];
    }

    /// <summary>Matrices and larger: the weights of layers, which weight decay is meant for.</summary>
    /// <param name="parameters">Parameters.</param>
    /// <returns>Those of two dimensions or more.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="parameters"/> is null.</exception>
    public static IReadOnlyList<Parameter> Matrices(IEnumerable<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return [.. parameters.Where(parameter => parameter.Dimensions >= 2)];
    }

    /// <summary>Vectors and scalars: biases and the weights of norms, which weight decay would only pull off their place.</summary>
    /// <param name="parameters">Parameters.</param>
    /// <returns>Those of one dimension or none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="parameters"/> is null.</exception>
    public static IReadOnlyList<Parameter> Vectors(IEnumerable<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return [.. parameters.Where(parameter => parameter.Dimensions < 2)];
    }
}
