namespace LoopGen.Examples.Tests;

/// <summary>Dispose scopes of the caller around what it calls.</summary>
public abstract class ScopeTests(Func<IDigitLoop> create) : DigitTests(create)
{
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void MayStandAroundTheModelAndAroundFit(bool aroundModel, bool aroundFit)
    {
        IDigitLoop loop;
        using (aroundModel ? NewDisposeScope() : null)
        {
            loop = NewLoop();
        }

        _ = TrainBatches;
        using (var scope = aroundFit ? NewDisposeScope() : null)
        {
            LiveTensors.AssertNoneLeft(() => loop.Fit(FreshBatches(), epochs: 2, validationBatches: FreshBatches()));
            Assert.Equal(0, scope?.DisposablesCount ?? 0);
        }

        // What the model needs was not freed with the scope.
        AssertMadeSteps(14, loop);
        Assert.Single(loop.Fit(TrainBatches).Logs);
        Assert.True(double.IsFinite(loop.Evaluate(ValidationBatches).Loss));
    }

    [Fact]
    public void MayStandAroundBothAtOnce()
    {
        IDigitLoop loop;
        using (NewDisposeScope())
        {
            loop = NewLoop();
            loop.Fit(TrainBatches, epochs: 2);
        }

        AssertMadeSteps(14, loop);
        Assert.Single(loop.Fit(TrainBatches).Logs);
    }

    [Fact]
    public void MayEndBetweenTwoFitsWithOneOptimizer()
    {
        var loop = NewLoop();
        optim.Optimizer optimizer;
        using (NewDisposeScope())
        {
            optimizer = Own(loop.CreateOptimizer());
            loop.Fit(TrainBatches, optimizer: optimizer);
        }

        using (NewDisposeScope())
        {
            loop.Fit(TrainBatches, optimizer: optimizer);
        }

        AssertMadeSteps(14, loop);
    }

    [Fact]
    public void GetNothingFromEvaluation()
    {
        var loop = NewLoop();
        _ = TrainBatches;
        using var scope = NewDisposeScope();
        LiveTensors.AssertNoneLeft(() =>
        {
            loop.Evaluate(FreshBatches());
            loop.Evaluate(Data.Image, Data.Target, batchSize: 8);
            loop.TestOnBatch(Data.Image, Data.Target);
        });
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void GetNothingFromSingleSteps()
    {
        var loop = NewLoop();
        using var optimizer = loop.CreateOptimizer();
        loop.TrainOnBatch(Data.Image, Data.Target, optimizer);
        using var scope = NewDisposeScope();
        LiveTensors.AssertNoneLeft(() => loop.TrainOnBatch(Data.Image, Data.Target, optimizer));
        Assert.Equal(0, scope.DisposablesCount);
        Assert.False(Data.Image.IsInvalid);
    }

    [Fact]
    public void GetThePredictionAndNothingElse()
    {
        var loop = NewLoop();
        var before = LiveTensors.Settle();
        Tensor output;
        using (var scope = NewDisposeScope())
        {
            output = loop.Predict(Data.Image, batchSize: 8);
            Assert.Equal([50, 10], output.shape);
            Assert.Equal(before + 1, LiveTensors.Count);
            Assert.Equal(1, scope.DisposablesCount);
            Assert.True(scope.Contains(output));
        }

        Assert.True(output.IsInvalid);
        Assert.Equal(before, LiveTensors.Count);
    }

    public sealed class HandWritten() : ScopeTests(Loops.HandWritten);

    public sealed class Emitted() : ScopeTests(Loops.Emitted);
}
