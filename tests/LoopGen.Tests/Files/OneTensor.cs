namespace LoopGen.Tests;

/// <summary>A model whose state is one buffer, or several by name.</summary>
internal sealed class OneTensor : nn.Module<Tensor, Tensor>
{
    public OneTensor(params (string Name, Tensor Value)[] buffers)
        : base(nameof(OneTensor))
    {
        foreach (var (name, value) in buffers)
        {
            register_buffer(name, value);
        }
    }

    public override Tensor forward(Tensor input) => input;
}
