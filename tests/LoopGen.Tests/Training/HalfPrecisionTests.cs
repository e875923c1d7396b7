using TorchSharp.Modules;

namespace LoopGen.Tests;

/// <summary>Sums that come before their division, in float16.</summary>
public sealed class HalfPrecisionTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float32)]
    public void AWindowHasTheGradientsOfItsMean(ScalarType type)
    {
        // 2 batches of 1,024 targets, each with a gradient of about 100: a sum of 200,000.
        var input = full(2048, 1, 10f);
        var target = full(2048, 1, -5f);
        var expected = Gradient(float32, input, target, windows: null);
        var model = nn.Linear(1, 1, hasBias: false);
        using var scale = new WindowScale(Prepare(model, type), batches: 2);
        var gradient = Gradient(model, input.to(type), target.to(type), scale);
        Assert.Equal(expected, gradient, Math.Abs(expected) * (type == ScalarType.BFloat16 ? 0.02 : 0.01));
        if (type == ScalarType.Float32)
        {
            using var unscaled = new WindowScale(Prepare(nn.Linear(1, 1, hasBias: false), type), batches: 2);
            var loss = ones([], type);
            Assert.Same(loss, unscaled.Apply(loss, 1024));
        }
    }

    [Fact]
    public void WithoutAScaleItIsInfinite()
    {
        var model = Prepare(nn.Linear(1, 1, hasBias: false), ScalarType.Float16);
        Assert.True(double.IsInfinity(Gradient(model, full(2048, 1, 10f).to(float16), full(2048, 1, -5f).to(float16), scale: null)));
    }

    [Fact]
    public void ACountOnTheDeviceDividesTheSame()
    {
        var values = new List<double>();
        foreach (var isTensor in new[] { false, true })
        {
            var model = Prepare(nn.Linear(1, 1, hasBias: false), ScalarType.Float16);
            using var scale = new WindowScale(model, batches: 2);
            scale.Apply(model.call(ones(1024, 1, dtype: float16)).sum(), 1024).backward();
            if (isTensor)
            {
                scale.Divide(tensor(1024L));
            }
            else
            {
                scale.Divide(1024);
            }

            values.Add(model.weight!.grad!.to(float64).item<double>());
        }

        Assert.Equal([1, 1], values);
    }

    [Fact]
    public void LossesAreSummedInAWiderType()
    {
        var losses = full(2000, 100f, dtype: float16).requires_grad_(true);
        Assert.True(double.IsInfinity(losses.sum().to(float64).item<double>()));
        var sum = SampleWeights.Summable(losses).sum();
        Assert.Equal(200_000, sum.item<float>());
        sum.backward();
        Assert.Equal(ScalarType.Float16, losses.grad!.dtype);
        var wide = rand(2);
        Assert.Same(wide, SampleWeights.Summable(wide));

        // The total of an epoch takes what each batch says in the widest type.
        using var mean = new Mean(CPU);
        for (var batch = 0; batch < 100; batch++)
        {
            mean.Update(full([], 60_000f, dtype: float16), 1000);
            mean.UpdateSum(full([], 60_000f, dtype: float16), 1);
            mean.Update(full([], 60_000f, dtype: float16), tensor(1000L));
            mean.UpdateSamples(full(4, 60_000f, dtype: float16), 4);
        }

        Assert.Equal(full([], 60_000f, dtype: float16).to(float64).item<double>(), mean.Compute(), 1e-6);
    }

    private static Linear Prepare(Linear model, ScalarType type)
    {
        using (no_grad())
        {
            model.weight!.fill_(0.1f.ToScalar());
        }

        model.to(type);
        return model;
    }

    private static double Gradient(ScalarType type, Tensor input, Tensor target, object? windows)
    {
        var model = Prepare(nn.Linear(1, 1, hasBias: false), type);
        nn.functional.mse_loss(model.call(input.to(type)), target.to(type)).backward();
        return model.weight!.grad!.to(float64).item<double>();
    }

    private static double Gradient(Linear model, Tensor input, Tensor target, WindowScale? scale)
    {
        using var lossFunction = nn.MSELoss(nn.Reduction.Sum);
        foreach (var (x, y) in Batches.FromTensors(input, target, batchSize: 1024))
        {
            var loss = lossFunction.call(model.call(x), y);
            (scale?.Apply(loss, y.numel()) ?? loss).backward();
        }

        if (scale is null)
        {
            Gradients.Divide(model, input.size(0));
        }
        else
        {
            scale.Divide(input.size(0));
        }

        return model.weight!.grad!.to(float64).item<double>();
    }
}
