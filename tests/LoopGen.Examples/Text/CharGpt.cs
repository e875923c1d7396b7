using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TextSample;

/// <summary>
/// The large example: a transformer that predicts the next character, with its loop as ordinary code: windows of
/// batches, a clip, a schedule, averaged weights, early stopping. Further parts join it as they are added to the library.
/// </summary>
public sealed partial class CharGpt : Module<Tensor, Tensor>
{
    private readonly Embedding characters;
    private readonly Parameter positions;
    private readonly Sequential blocks;
    private readonly LayerNorm norm;
    private readonly Linear head;

    /// <summary>Draws initial weights from torch's generator.</summary>
    /// <param name="vocabularySize">How many different characters there are.</param>
    /// <param name="contextLength">The longest sequence that can be read.</param>
    /// <param name="width">Numbers per place.</param>
    /// <param name="heads">Heads of the attention; they share the width.</param>
    public CharGpt(long vocabularySize, long contextLength = 16, long width = 16, long heads = 2)
        : base(nameof(CharGpt))
    {
        characters = Embedding(vocabularySize, width);
        positions = Parameter(zeros(contextLength, width));
        blocks = Sequential(new TransformerBlock(width, heads), new TransformerBlock(width, heads));
        norm = LayerNorm(width);
        head = Linear(width, vocabularySize);
        RegisterComponents();
    }

    /// <summary>Logits of shape (N, C, T), a score per character and place: what cross-entropy takes.</summary>
    /// <param name="tokens">Int64 characters of shape (N, T), T at most the context length.</param>
    public override Tensor forward(Tensor tokens)
    {
        var embedded = characters.call(tokens) + positions.narrow(0, 0, tokens.size(1));
        return head.call(norm.call(blocks.call(embedded))).transpose(1, 2);
    }
}
