namespace LoopGen.Examples.Tests;

public abstract class EvaluateTests(Func<IDigitLoop> create) : DigitTests(create)
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(100)]
    public void AveragesOverSamplesWhateverTheBatches(int batchSize)
    {
        var loop = NewLoop();
        loop.Fit(TrainBatches, epochs: 5);

        using var scope = NewDisposeScope();
        loop.Model.eval();
        var output = loop.Model.call(Unseen.Image);
        var loss = nn.functional.cross_entropy(output, Unseen.Target).item<float>();
        var accuracy = output.argmax(1).eq(Unseen.Target).sum().item<long>() / 21.0;

        foreach (var figures in new[]
        {
            loop.Evaluate(Unseen.InBatches(batchSize)),
            loop.Evaluate(Unseen.Image, Unseen.Target, batchSize),
        })
        {
            Assert.Equal(loss, figures.Loss, 1e-6);
            Assert.Equal(accuracy, figures.Accuracy);
        }
    }

    [Fact]
    public void PutsModesBack()
    {
        var loop = NewLoop();
        MixModes(loop);
        loop.Evaluate(ValidationBatches);
        AssertModesMixed(loop);

        using var output = loop.Predict(Data.Image);
        AssertModesMixed(loop);

        loop.TestOnBatch(Data.Image, Data.Target);
        AssertModesMixed(loop);

        loop.Model.eval();
        loop.Evaluate(ValidationBatches);
        AssertEvaluating(loop);
    }

    [Fact]
    public void EvaluatesWithoutDropout()
    {
        var loop = NewLoop();
        loop.Model.train();
        Assert.Equal(loop.Evaluate(ValidationBatches), loop.Evaluate(ValidationBatches));
    }

    [Fact]
    public void ThrowsWhenCancelled()
    {
        var loop = NewLoop();
        MixModes(loop);
        _ = ValidationBatches;
        var token = new CancellationToken(canceled: true);
        LiveTensors.AssertNoneLeft(() =>
        {
            var exception = Assert.ThrowsAny<OperationCanceledException>(() => loop.Evaluate(ValidationBatches, token));
            Assert.Equal(token, exception.CancellationToken);
            Assert.ThrowsAny<OperationCanceledException>(() => loop.Predict([Data.Image], token));
        });
        AssertModesMixed(loop);
    }

    [Fact]
    public void ThrowsWhenCancelledHalfWay()
    {
        using var cancellation = new CancellationTokenSource();
        var loop = NewLoop();
        var requests = 0;
        Assert.ThrowsAny<OperationCanceledException>(
            () => loop.Evaluate(ValidationBatches.Select(CancelAtSecond), cancellation.Token));
        Assert.Equal(2, requests);

        (Tensor, Tensor) CancelAtSecond((Tensor image, Tensor target) batch)
        {
            if (++requests == 2)
            {
                cancellation.Cancel();
            }

            return batch;
        }
    }

    [Fact]
    public void LeavesGradientsAndWeightsAlone()
    {
        var loop = NewLoop();
        Assert.All(Bits.OfGradients(loop.Model), Assert.Empty);
        loop.Evaluate(ValidationBatches);
        Assert.All(Bits.OfGradients(loop.Model), Assert.Empty);

        loop.Fit(TrainBatches);
        var (weights, gradients) = (Bits.Of(loop.Model), Bits.OfGradients(loop.Model));
        Assert.All(gradients, Assert.NotEmpty);

        loop.Evaluate(ValidationBatches);
        loop.TestOnBatch(Data.Image, Data.Target);
        using var output = loop.Predict(Data.Image);
        Assert.False(output.requires_grad);
        Assert.Equal(weights, Bits.Of(loop.Model));
        Assert.Equal(gradients, Bits.OfGradients(loop.Model));
    }

    [Fact]
    public void LeavesTheGradientModeOfTheThreadAlone()
    {
        var loop = NewLoop();
        loop.Evaluate(ValidationBatches);
        Assert.True(is_grad_enabled());
        using (no_grad())
        {
            loop.Evaluate(ValidationBatches);
            Assert.False(is_grad_enabled());
        }
    }

    [Fact]
    public void RecordsNoGraph()
    {
        var loop = NewLoop();
        var recorded = new List<bool>();
        loop.Evaluate(ValidationBatches.Select(Watched));
        loop.Predict(ValidationBatches.Select(Watched).Select(batch => batch.image)).Dispose();
        Assert.Equal(6, recorded.Count);
        Assert.All(recorded, Assert.False);

        (Tensor image, Tensor target) Watched((Tensor image, Tensor target) batch)
        {
            recorded.Add(is_grad_enabled());
            return batch;
        }
    }

    [Fact]
    public void OneBatchIsAnEvaluationOfOneBatch()
    {
        var loop = NewLoop();
        foreach (var (image, target) in ValidationBatches)
        {
            Assert.Equal(loop.Evaluate([(image, target)]), loop.TestOnBatch(image, target));
        }
    }

    [Fact]
    public void MayBeCalledWhileTrainingGoesOn()
    {
        var loop = NewLoop();
        var modes = new List<bool>();
        var observer = new Observer
        {
            AtBatchEnd = (_, _) =>
            {
                loop.Evaluate(ValidationBatches);
                modes.Add(loop.Model.modules().All(module => module.training));
            },
        };
        loop.Fit(TrainBatches, callbacks: [observer]);
        Assert.Equal(7, modes.Count);
        Assert.All(modes, Assert.True);
        AssertMadeSteps(7, loop);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(50)]
    public void PredictsInOrder(int batchSize)
    {
        var loop = NewLoop();
        loop.Model.train();
        using var output = loop.Predict(Data.Image, batchSize);

        using var scope = NewDisposeScope();
        loop.Model.eval();
        var expected = cat([.. Data.InBatches(batchSize).Select(batch => loop.Model.call(batch.image))]);
        Assert.Equal(Bits.Of(expected), Bits.Of(output));
    }

    [Fact]
    public void PredictRefusesAnEmptySource()
    {
        var loop = NewLoop();
        Assert.Throws<ArgumentException>("batches", () => loop.Predict([]));
    }

    public sealed class HandWritten() : EvaluateTests(Loops.HandWritten);

    public sealed class Emitted() : EvaluateTests(Loops.Emitted);
}
