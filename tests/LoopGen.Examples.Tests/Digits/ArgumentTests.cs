using TorchSharp.Modules;

namespace LoopGen.Examples.Tests;

/// <summary>Arguments that cannot be right are refused before anything is touched.</summary>
public abstract class ArgumentTests(Func<IDigitLoop> create) : DigitTests(create)
{
    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void RefusesToMakeNoEpochs(int epochs)
    {
        AssertRefused<ArgumentOutOfRangeException>("epochs", loop => loop.Fit(TrainBatches, epochs));
        AssertRefused<ArgumentOutOfRangeException>("epochs", loop => loop.Fit(Data.Image, Data.Target, epochs));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void RefusesEmptyBatches(int batchSize)
    {
        AssertRefused<ArgumentOutOfRangeException>(
            "batchSize", loop => loop.Fit(Data.Image, Data.Target, batchSize: batchSize));
        AssertRefused<ArgumentOutOfRangeException>(
            "batchSize", loop => loop.Evaluate(Data.Image, Data.Target, batchSize));
        AssertRefused<ArgumentOutOfRangeException>("batchSize", loop => loop.Predict(Data.Image, batchSize));
    }

    [Fact]
    public void RefusesDifferentNumbersOfSamples()
    {
        var message = AssertRefused<ArgumentException>("target", loop => loop.Fit(Data.Image, Unseen.Target));
        Assert.StartsWith(
            "image and target must have the same number of samples in their first dimension, but image (50, 64) has 50 "
            + "and target (21) has 21.",
            message);
        AssertRefused<ArgumentException>("target", loop => loop.Evaluate(Data.Image, Unseen.Target));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void RefusesToHoldOutMoreThanThereIs(double split) => AssertRefused<ArgumentOutOfRangeException>(
        "validationSplit", loop => loop.Fit(Data.Image, Data.Target, validationSplit: split));

    [Fact]
    public void RefusesNull()
    {
        IEnumerable<(Tensor, Tensor)> none = null!;
        Tensor nothing = null!;
        AssertRefused<ArgumentNullException>("trainBatches", loop => loop.Fit(none));
        AssertRefused<ArgumentNullException>("validationBatches", loop => loop.Evaluate(none));
        AssertRefused<ArgumentNullException>("image", loop => loop.Fit(nothing, Data.Target));
        AssertRefused<ArgumentNullException>("target", loop => loop.Fit(Data.Image, nothing));

        DataLoader noLoader = null!;
        IterableDataLoader noOtherLoader = null!;
        AssertRefused<ArgumentNullException>("trainLoader", loop => loop.Fit(noLoader));
        AssertRefused<ArgumentNullException>("trainLoader", loop => loop.Fit(noOtherLoader));
        AssertRefused<ArgumentNullException>("loader", loop => loop.Evaluate(noLoader));
        AssertRefused<ArgumentNullException>("loader", loop => loop.Evaluate(noOtherLoader));
    }

    [Fact]
    public void RefusesAModelThatHasNothingToTrain()
    {
        var loop = NewLoop();
        foreach (var parameter in loop.Model.parameters())
        {
            parameter.requires_grad = false;
        }

        var exception = Assert.Throws<InvalidOperationException>(() => loop.Fit(TrainBatches));
        Assert.StartsWith("DigitClassifier has no trainable parameters.", exception.Message, StringComparison.Ordinal);
    }

    private string AssertRefused<TException>(string argument, Action<IDigitLoop> use)
        where TException : ArgumentException
    {
        var loop = NewLoop();
        MixModes(loop);
        var weights = Bits.Of(loop.Model);
        _ = TrainBatches;
        var message = string.Empty;
        LiveTensors.AssertNoneLeft(() => message = Assert.Throws<TException>(argument, () => use(loop)).Message);
        Assert.Equal(weights, Bits.Of(loop.Model));
        AssertModesMixed(loop);
        return message;
    }

    public sealed class HandWritten() : ArgumentTests(Loops.HandWritten);

    public sealed class Emitted() : ArgumentTests(Loops.Emitted);
}
