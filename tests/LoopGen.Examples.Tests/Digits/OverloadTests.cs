using TorchSharp.Modules;

namespace LoopGen.Examples.Tests;

/// <summary>Whole tensors and TorchSharp's loaders become batches of the one loop.</summary>
public abstract class OverloadTests(Func<IDigitLoop> create) : DigitTests(create)
{
    [Fact]
    public void TensorsInOrderEqualTheirBatches()
    {
        var loop = NewLoop();
        var training = loop.Fit(
            Data.Image,
            Data.Target,
            epochs: 2,
            batchSize: 8,
            validation: (Unseen.Image, Unseen.Target),
            shuffle: false);
        AssertEqualsBatches(training, loop, TrainBatches, ValidationBatches);
    }

    [Fact]
    public void ValidationSplitTakesTheLastPart()
    {
        var loop = NewLoop();
        var training = loop.Fit(
            Data.Image, Data.Target, epochs: 2, batchSize: 8, validationSplit: 0.2, shuffle: false);

        // 40 of 50 samples stay: five batches of 8.
        AssertEqualsBatches(training, loop, TrainBatches[..5], TrainBatches[5..]);
    }

    [Fact]
    public void ValidationTensorsGoBeforeAValidationSplit()
    {
        var loop = NewLoop();
        var training = loop.Fit(
            Data.Image,
            Data.Target,
            epochs: 2,
            batchSize: 8,
            validation: (Unseen.Image, Unseen.Target),
            validationSplit: 0.2,
            shuffle: false);
        AssertEqualsBatches(training, loop, TrainBatches, ValidationBatches);
    }

    [Fact]
    public void ASeedRepeatsShufflingAndSteps()
    {
        var (figures, weights) = Train(seed: 5);
        var (figuresAgain, weightsAgain) = Train(seed: 5);
        Assert.Equal(figures, figuresAgain);
        Assert.Equal(weights, weightsAgain);
        Assert.NotEqual(weights, Train(seed: 6).Weights);

        (double?[] Figures, byte[] Weights) Train(int seed)
        {
            var loop = NewLoop();
            rand(1).Dispose();
            var training = loop.Fit(Data.Image, Data.Target, epochs: 3, validationSplit: 0.1, seed: seed);
            return (training.AllFigures(), Bits.Of(loop.Model));
        }
    }

    [Fact]
    public void TorchsSeedRepeatsTooWhereNoneIsGiven()
    {
        Assert.Equal(Train(torchSeed: 3), Train(torchSeed: 3));
        Assert.NotEqual(Train(torchSeed: 3), Train(torchSeed: 4));

        byte[] Train(int torchSeed)
        {
            var loop = NewLoop();
            Seed(torchSeed);
            loop.Fit(Data.Image, Data.Target, epochs: 2);
            return Bits.Of(loop.Model);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TensorsStayTheCallersOwn(bool shuffle)
    {
        var loop = NewLoop();
        var (image, target) = (Bits.Of(Data.Image), Bits.Of(Data.Target));
        using (var scope = NewDisposeScope())
        {
            LiveTensors.AssertNoneLeft(() => loop.Fit(
                Data.Image, Data.Target, epochs: 3, batchSize: 8, validationSplit: 0.2, shuffle: shuffle));
            Assert.Equal(0, scope.DisposablesCount);
        }

        Assert.Equal(image, Bits.Of(Data.Image));
        Assert.Equal(target, Bits.Of(Data.Target));
    }

    [Fact]
    public void ADataLoaderEqualsItsBatches()
    {
        using var loader = new DataLoader(new Rows(Data, "image", "target"), 8);
        using var validationLoader = new DataLoader(new Rows(Unseen, "data", "label"), 8);
        var loop = NewLoop();
        Training? training = null;
        LiveTensors.AssertNoneLeft(() => training = loop.Fit(loader, epochs: 2, validationLoader));
        AssertEqualsBatches(training!, loop, TrainBatches, ValidationBatches);
        Assert.Equal(loop.Evaluate(ValidationBatches), loop.Evaluate(validationLoader));
    }

    [Fact]
    public void AnIterableDataLoaderEqualsItsBatches()
    {
        using var data = utils.data.TensorDataset(Data.Image, Data.Target);
        using var unseen = utils.data.TensorDataset(Unseen.Image, Unseen.Target);
        using var loader = utils.data.DataLoader(data, 8, disposeDataset: false);
        using var validationLoader = utils.data.DataLoader(unseen, 8, disposeDataset: false);
        var loop = NewLoop();
        Training? training = null;
        LiveTensors.AssertNoneLeft(() => training = loop.Fit(loader, epochs: 2, validationLoader));
        AssertEqualsBatches(training!, loop, TrainBatches, ValidationBatches);
        Assert.Equal(loop.Evaluate(ValidationBatches), loop.Evaluate(validationLoader));
    }

    [Fact]
    public void ALoaderOfOtherKeysIsRefusedByName()
    {
        using var loader = new DataLoader(new Rows(Data, "x", "y"), 8);
        using var goodLoader = new DataLoader(new Rows(Data, "image", "target"), 8);
        var loop = NewLoop();
        MixModes(loop);
        AssertRefused("trainLoader", () => loop.Fit(loader));
        AssertRefused("validationLoader", () => loop.Fit(goodLoader, validationLoader: loader));
        AssertRefused("loader", () => loop.Evaluate(loader));

        void AssertRefused(string argument, Action use)
        {
            var exception = Assert.Throws<ArgumentException>(argument, use);
            Assert.StartsWith(
                "A batch of the loader has neither \"image\" nor \"data\". It has: \"x\", \"y\".",
                exception.Message,
                StringComparison.Ordinal);
            AssertModesMixed(loop);
        }
    }

    private void AssertEqualsBatches(
        Training training,
        IDigitLoop loop,
        List<(Tensor image, Tensor target)> trainBatches,
        List<(Tensor image, Tensor target)> validationBatches)
    {
        var other = NewLoop();
        var expected = other.Fit(trainBatches, epochs: 2, validationBatches);
        Assert.Equal(expected.AllFigures(), training.AllFigures());
        Assert.Equal(Bits.Of(other.Model), Bits.Of(loop.Model));
    }

    private sealed class Rows(DigitData data, string inputKey, string targetKey) : utils.data.Dataset
    {
        public override long Count => data.Image.size(0);

        public override Dictionary<string, Tensor> GetTensor(long index) =>
            new() { [inputKey] = data.Image.select(0, index), [targetKey] = data.Target.select(0, index) };
    }

    public sealed class HandWritten() : OverloadTests(Loops.HandWritten);

    public sealed class Emitted() : OverloadTests(Loops.Emitted);
}
