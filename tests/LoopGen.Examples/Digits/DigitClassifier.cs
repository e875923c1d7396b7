using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitSample;

/// <summary>
/// The small example: a classifier of 8×8 digits with everything that the generator would write for it, here as
/// ordinary code. No generator runs over this project, so it holds the contract between a loop and the library.
/// </summary>
public sealed partial class DigitClassifier : Module<Tensor, Tensor>
{
    private readonly Sequential layers = Sequential(Linear(64, 32), ReLU(), Dropout(0.1), Linear(32, 10));

    /// <summary>Draws initial weights from torch's generator.</summary>
    public DigitClassifier()
        : base(nameof(DigitClassifier)) => RegisterComponents();

    /// <summary>Logits of shape (N, 10).</summary>
    /// <param name="image">Flattened images of shape (N, 64).</param>
    public override Tensor forward(Tensor image) => layers.call(image);
}
