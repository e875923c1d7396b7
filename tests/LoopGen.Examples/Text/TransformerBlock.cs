using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TextSample;

/// <summary>Attention and a small network for every place, each added to what came in.</summary>
internal sealed class TransformerBlock : Module<Tensor, Tensor>
{
    private readonly LayerNorm attentionNorm;
    private readonly CausalSelfAttention attention;
    private readonly LayerNorm networkNorm;
    private readonly Sequential network;

    public TransformerBlock(long width, long heads)
        : base(nameof(TransformerBlock))
    {
        attentionNorm = LayerNorm(width);
        attention = new CausalSelfAttention(width, heads);
        networkNorm = LayerNorm(width);
        network = Sequential(Linear(width, 4 * width), GELU(), Linear(4 * width, width), Dropout(0.1));
        RegisterComponents();
    }

    /// <summary>Shape (N, T, width) in and out.</summary>
    public override Tensor forward(Tensor input)
    {
        var attended = input + attention.call(attentionNorm.call(input));
        return attended + network.call(networkNorm.call(attended));
    }
}
