namespace LoopGen.Examples.Tests;

/// <summary>What happens where nothing is said.</summary>
public sealed class DefaultsTests : IDisposable
{
    private readonly DigitData data = new(40);

    [Fact]
    public void TheDefaultsOfBothLoopsAreTheSame()
    {
        DigitTests.Seed(1);
        using var written = new DigitSample.DigitClassifier();
        DigitTests.Seed(2);
        var expected = written.Fit(data.Image, data.Target, verbose: Verbosity.Silent);

        DigitTests.Seed(1);
        using var emitted = new EmittedSample.DigitClassifier();
        DigitTests.Seed(2);
        var history = emitted.Fit(data.Image, data.Target, verbose: Verbosity.Silent);

        Assert.Equal(expected.Last.Loss, history.Last.Loss);
        Assert.Equal(expected.Last.Accuracy, history.Last.Accuracy);
        Assert.Null(history.Last.ValLoss);
        Assert.Single(history);
        Assert.Equal(Bits.Of(written), Bits.Of(emitted));
    }

    [Fact]
    public void TheDeviceIsAGpuIfThereIsOne()
    {
        using var model = new EmittedSample.DigitClassifier();
        model.Fit(data.Image, data.Target, verbose: Verbosity.Silent);
        var expected = cuda.is_available() ? DeviceType.CUDA : DeviceType.CPU;
        Assert.All(model.parameters(), parameter => Assert.Equal(expected, parameter.device_type));
    }

    [Fact]
    public void TheLearningRateIsTheOptimizers()
    {
        using var model = new EmittedSample.DigitClassifier();
        using var optimizer = model.CreateOptimizer(CPU, learningRate: 0.25);
        using var usual = model.CreateOptimizer(CPU);
        Assert.Equal(0.25, Assert.Single(optimizer.ParamGroups).LearningRate);
        Assert.Equal(0.001, Assert.Single(usual.ParamGroups).LearningRate);
    }

    public void Dispose() => data.Dispose();
}
