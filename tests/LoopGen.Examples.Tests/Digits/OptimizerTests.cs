namespace LoopGen.Examples.Tests;

/// <summary>Who owns the optimizer, and what it remembers.</summary>
public abstract class OptimizerTests(Func<IDigitLoop> create) : DigitTests(create)
{
    [Fact]
    public void ASecondFitStartsCold()
    {
        var loop = NewLoop();
        loop.Fit(TrainBatches);
        loop.Fit(TrainBatches);

        var plain = NewLoop();
        PlainLoop.TakeSteps(plain.Model, TrainBatches, 7);
        PlainLoop.TakeSteps(plain.Model, TrainBatches, 7);
        Assert.Equal(Bits.Of(plain.Model), Bits.Of(loop.Model));

        var longer = NewLoop();
        longer.Fit(TrainBatches, epochs: 2);
        Assert.NotEqual(Bits.Of(longer.Model), Bits.Of(loop.Model));
    }

    [Fact]
    public void AnOptimizerThatIsPassedGoesOn()
    {
        var loop = NewLoop();
        using var optimizer = loop.CreateOptimizer();
        var first = loop.Fit(TrainBatches, optimizer: optimizer);
        var second = loop.Fit(TrainBatches, optimizer: optimizer);

        var longer = NewLoop();
        var whole = longer.Fit(TrainBatches, epochs: 2);
        Assert.Equal(whole.All("loss"), [.. first.All("loss"), .. second.All("loss")]);
        Assert.Equal(Bits.Of(longer.Model), Bits.Of(loop.Model));
    }

    [Fact]
    public void AnOptimizerThatIsPassedIsNotDisposed()
    {
        var loop = NewLoop();
        using var optimizer = loop.CreateOptimizer();
        loop.Fit(TrainBatches, optimizer: optimizer);

        var weights = Bits.Of(loop.Model);
        optimizer.step();
        Assert.NotEqual(weights, Bits.Of(loop.Model));
    }

    [Fact]
    public void AnyOptimizerOfTorchMayBePassed()
    {
        var loop = NewLoop();
        using var optimizer = optim.RMSProp(loop.Model.parameters());
        var training = loop.Fit(TrainBatches, epochs: 3, optimizer: optimizer);

        var plain = NewLoop();
        using var otherOptimizer = optim.RMSProp(plain.Model.parameters());
        var expected = PlainLoop.ForClasses(plain.Model).Train(otherOptimizer, TrainBatches, epochs: 3);
        Assert.Equal(expected, training.AllFigures());
        Assert.Equal(Bits.Of(plain.Model), Bits.Of(loop.Model));
    }

    [Fact]
    public void SingleStepsEqualFit()
    {
        var loop = NewLoop();
        loop.Model.eval();
        using var optimizer = loop.CreateOptimizer();
        var figures = new List<Figures>();
        for (var epoch = 0; epoch < 2; epoch++)
        {
            figures.AddRange(TrainBatches.Select(batch => loop.TrainOnBatch(batch.image, batch.target, optimizer)));
        }

        // A fit of which each epoch is one batch reports the figures of that batch.
        var fitted = NewLoop();
        using var otherOptimizer = fitted.CreateOptimizer();
        var training = Enumerable.Range(0, 14)
            .Select(step => fitted.Fit([TrainBatches[step % 7]], optimizer: otherOptimizer))
            .ToList();
        Assert.Equal(figures.Select(step => (double?)step.Loss), training.SelectMany(fit => fit.All("loss")));
        Assert.Equal(figures.Select(step => (double?)step.Accuracy), training.SelectMany(fit => fit.All("accuracy")));
        Assert.Equal(Bits.Of(fitted.Model), Bits.Of(loop.Model));
        AssertMadeSteps(14, loop);
    }

    [Fact]
    public void ASingleStepPutsModesBack()
    {
        var loop = NewLoop();
        using var optimizer = loop.CreateOptimizer();
        MixModes(loop);
        loop.TrainOnBatch(Data.Image, Data.Target, optimizer);
        AssertModesMixed(loop);
    }

    public sealed class HandWritten() : OptimizerTests(Loops.HandWritten);

    public sealed class Emitted() : OptimizerTests(Loops.Emitted);
}
