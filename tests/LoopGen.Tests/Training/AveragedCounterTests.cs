using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace LoopGen.Tests;

/// <summary>A number that is counted is not averaged, of whatever type it is.</summary>
public sealed class AveragedCounterTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TakesTheNumberOfBatchesAsItIs(bool isEqual)
    {
        using var scope = NewDisposeScope();
        using var model = new Normed();
        model.to(float64);
        using var average = isEqual ? AveragedWeights.Equal(model) : new AveragedWeights(model, 0.9, warmup: false);
        var input = rand(4, 2, dtype: float64);
        for (var step = 0; step < 3; step++)
        {
            model.call(input);
            average.Update();
        }

        using (average.SwapIn())
        {
            Assert.Equal(3, Convert.ToDouble(model.Norm.num_batches_tracked!.to(int64).item<long>()));
        }
    }

    private sealed class Normed : Module<Tensor, Tensor>
    {
        public readonly BatchNorm1d Norm = BatchNorm1d(2);

        public Normed()
            : base(nameof(Normed)) => RegisterComponents();

        public override Tensor forward(Tensor input) => Norm.call(input);
    }
}
