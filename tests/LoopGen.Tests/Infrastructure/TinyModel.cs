using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace LoopGen.Tests;

/// <summary>A linear layer behind a dropout: something to train, and something whose mode matters.</summary>
internal sealed class TinyModel : Module<Tensor, Tensor>
{
    public readonly Dropout Dropout = Dropout(0.5);
    public readonly Linear Linear = Linear(3, 2);

    public TinyModel()
        : base(nameof(TinyModel)) => RegisterComponents();

    public override Tensor forward(Tensor input) => Linear.call(Dropout.call(input));
}
