namespace LoopGen.Tests.Training;

public sealed class OptimizerCheckTests
{
    [Fact]
    public void LetsTheModelsOwnOptimizerPass()
    {
        using var model = nn.Linear(2, 1);
        using var optimizer = optim.AdamW(model.parameters());
        using var run = Start(model);

        run.Check(optimizer);
        Assert.Same(optimizer, run.Checked(optimizer));
    }

    [Fact]
    public void LetsNonePass()
    {
        using var model = nn.Linear(2, 1);
        using var run = Start(model);

        Assert.Null(run.Checked(null));
        Assert.Throws<ArgumentNullException>("none", () => run.Check(null!, "none"));
    }

    [Fact]
    public void RefusesAnOptimizerOfOtherParameters()
    {
        using var model = nn.Linear(2, 1);
        using var other = nn.Linear(2, 1);
        using var mine = optim.SGD(other.parameters(), 0.1);
        using var run = Start(model);

        var exception = Assert.Throws<ArgumentException>("mine", () => run.Check(mine));
        Assert.StartsWith("mine holds none of the trainable parameters of Linear", exception.Message);
        Assert.Contains("CreateOptimizer(device)", exception.Message);
    }

    // Another dtype replaces the parameters, as another device does.
    [Fact]
    public void RefusesAnOptimizerOfParametersThatWereReplaced()
    {
        using var model = nn.Linear(2, 1);
        using var early = optim.AdamW(model.parameters());
        model.to(ScalarType.Float64);
        using var run = Start(model);

        var exception = Assert.Throws<ArgumentException>("early", () => run.Checked(early));
        Assert.StartsWith("early knows parameters that Linear no longer has, so its first step would fail.", exception.Message);
    }

    [Fact]
    public void LetsEveryManagedOptimizerPass()
    {
        using var model = nn.Linear(2, 1);
        optim.Optimizer[] optimizers =
        [
            optim.SGD(model.parameters(), 0.1), optim.SGD(model.parameters(), 0.1, momentum: 0.9), optim.Adam(model.parameters()),
            optim.RMSProp(model.parameters()), optim.Adagrad(model.parameters()), optim.Adadelta(model.parameters()),
            optim.Adamax(model.parameters()), optim.NAdam(model.parameters()), optim.RAdam(model.parameters()),
            optim.ASGD(model.parameters()), optim.Rprop(model.parameters()), optim.AdamW(model.parameters()),
        ];
        using var run = Start(model);

        Assert.All(optimizers, optimizer => Assert.Same(optimizer, run.Checked(optimizer)));
        Array.ForEach(optimizers, optimizer => optimizer.Dispose());
    }

    [Fact]
    public void RefusesAnOptimizerThatHoldsOnlyFrozenParameters()
    {
        using var model = nn.Linear(2, 1);
        using var optimizer = optim.SGD([model.weight], 0.1);
        model.weight.requires_grad = false;
        using var run = Start(model);

        Assert.Throws<ArgumentException>("optimizer", () => run.Checked(optimizer));
    }

    [Fact]
    public void RefusesAnOptimizerThatNeedsAClosure()
    {
        using var model = nn.Linear(2, 1);
        using var optimizer = NativeErrors.Without(() => optim.LBFGS(model.parameters(), 0.1));
        using var run = Start(model);

        var exception = Assert.Throws<ArgumentException>("optimizer", () => run.Checked(optimizer));
        Assert.Contains("closure", exception.Message);
    }

    private static TrainingRun Start(nn.Module model) => TrainingRun.Start(model, new int[1], epochs: 1, Verbosity.Silent);
}
