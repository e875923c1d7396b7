using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace LoopGen.Tests;

/// <summary>Two layers that share their weight.</summary>
internal sealed class TiedModel : Module<Tensor, Tensor>
{
    public readonly Linear First = Linear(3, 3, hasBias: false);
    public readonly Linear Second = Linear(3, 3, hasBias: false);

    public TiedModel()
        : base(nameof(TiedModel))
    {
        Second.weight = First.weight;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => Second.call(First.call(input));
}
