using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TextSample;

/// <summary>Every place of a sequence looks at itself and at the places before it, with several heads.</summary>
internal sealed class CausalSelfAttention : Module<Tensor, Tensor>
{
    private readonly Linear queriesKeysValues;
    private readonly Linear projection;
    private readonly long heads;

    public CausalSelfAttention(long width, long heads)
        : base(nameof(CausalSelfAttention))
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(width % heads, 0, nameof(heads));
        this.heads = heads;
        queriesKeysValues = Linear(width, 3 * width);
        projection = Linear(width, width);
        RegisterComponents();
    }

    /// <summary>Shape (N, T, width) in and out.</summary>
    public override Tensor forward(Tensor input)
    {
        var (samples, length, width) = (input.size(0), input.size(1), input.size(2));

        // (N, T, 3 · width) becomes three times (N, heads, T, width / heads).
        var parts = queriesKeysValues.call(input)
            .view(samples, length, 3, heads, width / heads)
            .permute(2, 0, 3, 1, 4);
        var attended = functional.scaled_dot_product_attention(
            parts.select(0, 0), parts.select(0, 1), parts.select(0, 2), is_casual: true);

        return projection.call(attended.transpose(1, 2).reshape(samples, length, width));
    }
}
