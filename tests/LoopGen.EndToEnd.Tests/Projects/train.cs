#:package LoopGen@LOOPGEN_VERSION
#:package LIBTORCH_PACKAGE@LIBTORCH_VERSION
using LoopGen;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

manual_seed(1);
var samples = randn(96, 4);

using var model = new Net();
var history = model.Fit(
    samples, samples.narrow(1, 0, 3).argmax(1), epochs: 3, batchSize: 16, device: CPU, seed: 1, verbose: Verbosity.LinePerEpoch);
Console.WriteLine($"first loss: {history[0].Loss}");
Console.WriteLine($"last loss: {history.Last.Loss}");
Console.WriteLine($"folder: {AppContext.BaseDirectory}");

[Compile(Loss = Loss.CrossEntropy, LearningRate = 1e-2)]
internal sealed partial class Net : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> layers = Sequential(Linear(4, 8), ReLU(), Linear(8, 3));

    public Net()
        : base(nameof(Net)) => RegisterComponents();

    public override Tensor forward(Tensor sample) => layers.call(sample);
}
