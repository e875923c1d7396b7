using static TorchSharp.torch;

namespace LoopGen;

/// <summary>The weights of a model that are not finite. To find out waits for the device.</summary>
/// <param name="First">The first of them, with what it holds; null if there is none.</param>
/// <param name="Broken">How many there are.</param>
/// <param name="All">Of how many.</param>
internal sealed record WeightCount((string Name, Finiteness Value, Tensor Tensor)? First, int Broken, int All)
{
    /// <summary>
    /// Looks at parameters and buffers. A buffer, or a parameter that is not trained, may hold an infinity, such as a
    /// mask.
    /// </summary>
    public static WeightCount Of(nn.Module model) => Of(ModelTensors.Of(model));

    /// <summary>Looks at parameters alone: a buffer may remember a batch that was not finite.</summary>
    public static WeightCount OfParameters(nn.Module model) =>
        Of([.. model.named_parameters().Select(pair => (pair.name, (Tensor)pair.parameter))]);

    private static WeightCount Of(IReadOnlyList<(string Name, Tensor Tensor)> weights)
    {
        using var noGrad = no_grad();
        using var notes = new FinitenessNotes();
        for (var index = 0; index < weights.Count; index++)
        {
            notes.Add(row: 0, index, weights[index].Tensor);
        }

        var values = notes.Read(rows: 1, weights.Count);
        (string, Finiteness, Tensor)? first = null;
        var broken = 0;
        for (var index = 0; index < weights.Count; index++)
        {
            var (name, tensor) = weights[index];
            if (values[0, index] == Finiteness.NaN || (values[0, index] == Finiteness.Infinite && tensor.requires_grad))
            {
                first ??= (name, values[0, index], tensor);
                broken++;
            }
        }

        return new WeightCount(first, broken, weights.Count);
    }

    /// <summary><c>12 of 1280 values are NaN, 3 infinite</c>.</summary>
    public static string Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var dense = tensor.is_sparse ? tensor.to_dense() : tensor;
        var nan = dense.isnan().sum().cpu().item<long>();
        var infinite = dense.isinf().sum().cpu().item<long>();
        return FormattableString.Invariant($"{nan} of {dense.numel()} values are NaN, {infinite} infinite");
    }
}
