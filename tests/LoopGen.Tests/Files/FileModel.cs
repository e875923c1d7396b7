using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace LoopGen.Tests;

/// <summary>Layers with parameters and with buffers, one of them a counter; a buffer is not saved.</summary>
internal sealed class FileModel : Module<Tensor, Tensor>
{
    public readonly Linear Hidden;
    public readonly BatchNorm1d Norm = BatchNorm1d(4);
    public readonly Linear Output = Linear(4, 2);

    public FileModel(int inputs = 3)
        : base(nameof(FileModel))
    {
        Hidden = Linear(inputs, 4);
        register_buffer("scratch", zeros(2), persistent: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => Output.call(Norm.call(Hidden.call(input)));

    /// <summary>Trains a few steps, so that every buffer has moved.</summary>
    public void Train(optim.Optimizer optimizer, int steps = 3)
    {
        using var scope = NewDisposeScope();
        for (var step = 0; step < steps; step++)
        {
            optimizer.zero_grad();
            call(randn(8, Hidden.in_features)).square().mean().backward();
            optimizer.step();
        }
    }
}
