using TorchSharp.Modules;

namespace LoopGen.Tests;

public sealed class SetLearningRateTests
{
    public static TheoryData<string> Optimizers => new(All.Keys);

    /// <summary>The optimizers whose steps follow the rate throughout.</summary>
    public static TheoryData<string> Followers => new(All.Keys.Where(name => name is not ("Rprop" or "LBFGS")));

    private static Dictionary<string, Func<Parameter[], double, optim.Optimizer>> All { get; } = new()
    {
        ["Adadelta"] = (parameters, rate) => optim.Adadelta(parameters, rate),
        ["Adagrad"] = (parameters, rate) => optim.Adagrad(parameters, rate),
        ["Adam"] = (parameters, rate) => optim.Adam(parameters, rate),
        ["AdamW"] = (parameters, rate) => optim.AdamW(parameters, rate, weight_decay: 0.01),
        ["Adamax"] = (parameters, rate) => optim.Adamax(parameters, rate),
        ["ASGD"] = (parameters, rate) => optim.ASGD(parameters, rate),
        ["LBFGS"] = (parameters, rate) => NativeErrors.Without(() => optim.LBFGS(parameters, rate)),
        ["NAdam"] = (parameters, rate) => optim.NAdam(parameters, rate),
        ["RAdam"] = (parameters, rate) => optim.RAdam(parameters, rate),
        ["RMSProp"] = (parameters, rate) => optim.RMSProp(parameters, rate),
        ["Rprop"] = (parameters, rate) => optim.Rprop(parameters, rate),
        ["SGD"] = (parameters, rate) => optim.SGD(parameters, rate, momentum: 0.9),
    };

    [Fact]
    public void EveryOptimizerOfTorchSharpIsTested()
    {
        var names = typeof(optim.Optimizer).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(optim.Optimizer)) && !type.IsAbstract)
            .Select(type => type.Name);
        Assert.Equal(names.Order(), All.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void IsReportedByEveryGroup(string name)
    {
        using var setting = new Setting(All[name], 0.5);
        setting.Optimizer.SetLearningRate(0.125);
        Assert.NotEmpty(setting.Optimizer.ParamGroups);
        Assert.All(setting.Optimizer.ParamGroups, group => Assert.Equal(0.125, group.LearningRate));
        if (setting.Optimizer is optim.ILearningRateController controller)
        {
            Assert.Equal(0.125, controller.LearningRate);
        }
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void ActsOnTheFirstStep(string name)
    {
        using var changed = new Setting(All[name], 0.5);
        using var made = new Setting(All[name], 0.125);
        using var untouched = new Setting(All[name], 0.5);
        changed.Optimizer.SetLearningRate(0.125);
        Assert.Equal(made.Step(), changed.Step());
        Assert.NotEqual(untouched.Step(), changed.Values);
    }

    [Theory]
    [MemberData(nameof(Followers))]
    public void ActsOnLaterSteps(string name)
    {
        using var setting = new Setting(All[name], 0.5);
        var afterOne = setting.Step();
        setting.Optimizer.SetLearningRate(0);
        Assert.Equal(afterOne, setting.Step());
        setting.Optimizer.SetLearningRate(0.25);
        Assert.NotEqual(afterOne, setting.Step());
    }

    [Fact]
    public void LeavesTheStepSizesThatRpropAdapted()
    {
        using var changed = new Setting(All["Rprop"], 0.5);
        using var untouched = new Setting(All["Rprop"], 0.5);
        Assert.Equal(untouched.Step(), changed.Step());
        changed.Optimizer.SetLearningRate(0.125);
        Assert.Equal(untouched.Step(), changed.Step());
    }

    [Fact]
    public void ReachesEveryGroup()
    {
        using var first = new Parameter(ones(2));
        using var second = new Parameter(ones(2));
        using var optimizer = optim.SGD(
            [new SGD.ParamGroup([first], lr: 0.1), new SGD.ParamGroup([second], lr: 0.2)], 0.3);
        optimizer.SetLearningRate(0.05);
        Assert.Equal([0.05, 0.05], optimizer.ParamGroups.Select(group => group.LearningRate));
    }

    [Fact]
    public void GivesEachGroupItsFactor()
    {
        using var first = new Parameter(ones(2));
        using var second = new Parameter(ones(2));
        using var optimizer = optim.SGD([new SGD.ParamGroup([first]), new SGD.ParamGroup([second])], 0.5);
        double[] factors = [1, 0.25];
        optimizer.SetLearningRate(0.5, factors);
        Assert.Equal([0.5, 0.125], optimizer.ParamGroups.Select(group => group.LearningRate));

        // With a slope of 1 everywhere the step is the rate.
        var loss = first.sum().add(second.sum());
        loss.backward();
        optimizer.step();
        Assert.All(first.data<float>().ToArray(), value => Assert.Equal(0.5, value));
        Assert.All(second.data<float>().ToArray(), value => Assert.Equal(0.875, value));

        // The learning rate it began with is not in it: every call starts from its own.
        optimizer.SetLearningRate(0.1, factors);
        Assert.Equal([0.1, 0.025], optimizer.ParamGroups.Select(group => group.LearningRate));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void GivesTheOneGroupOfAnyOptimizerItsFactor(string name)
    {
        using var changed = new Setting(All[name], 0.5);
        using var made = new Setting(All[name], 0.125);
        changed.Optimizer.SetLearningRate(0.25, [0.5]);
        Assert.All(changed.Optimizer.ParamGroups, group => Assert.Equal(0.125, group.LearningRate));
        Assert.Equal(made.Step(), changed.Step());
    }

    [Theory]
    [InlineData("ASGD")]
    [InlineData("Rprop")]
    public void BringsTheStepSizesOfEachGroupAlong(string name)
    {
        using var first = new Parameter(tensor(new[] { 1f, -2f }));
        using var second = new Parameter(tensor(new[] { 1f, -2f }));
        using optim.Optimizer optimizer = name == "ASGD"
            ? optim.ASGD([new ASGD.ParamGroup([first]), new ASGD.ParamGroup([second])], 0.5)
            : optim.Rprop([new Rprop.ParamGroup([first]), new Rprop.ParamGroup([second])], 0.5);
        optimizer.SetLearningRate(0.25, [1, 0.5]);
        var loss = first.square().sum().add(second.square().sum());
        loss.backward();
        optimizer.step();
        foreach (var (parameter, rate) in new[] { (first, 0.25), (second, 0.125) })
        {
            using var one = new Setting(All[name], rate);
            Assert.Equal(one.Step(), parameter.data<float>().ToArray());
        }
    }

    [Fact]
    public void RefusesFactorsThatDoNotFit()
    {
        using var setting = new Setting(All["SGD"], 0.5);
        var optimizer = setting.Optimizer;
        var exception = Assert.Throws<ArgumentException>("groupFactors", () => optimizer.SetLearningRate(0.1, [1, 2]));
        Assert.StartsWith(
            "groupFactors must have one factor for each parameter group of the optimizer, 1 in all, but has 2.",
            exception.Message);
        Assert.Throws<ArgumentNullException>("groupFactors", () => optimizer.SetLearningRate(0.1, null!));
        Assert.Throws<ArgumentNullException>(
            "optimizer", () => ((optim.Optimizer)null!).SetLearningRate(0.1, [1]));
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => optimizer.SetLearningRate(-1, [1]));
        Assert.Throws<ArgumentOutOfRangeException>("groupFactors", () => optimizer.SetLearningRate(1, [-1]));
        Assert.Throws<ArgumentOutOfRangeException>("groupFactors", () => optimizer.SetLearningRate(1, [double.NaN]));
        Assert.Equal(0.5, optimizer.ParamGroups.Single().LearningRate);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void RefusesWhatIsNoRate(double rate)
    {
        using var setting = new Setting(All["SGD"], 0.5);
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => setting.Optimizer.SetLearningRate(rate));
        Assert.Equal(0.5, setting.Optimizer.ParamGroups.Single().LearningRate);
    }

    [Fact]
    public void RefusesNothing() => Assert.Throws<ArgumentNullException>(
        "optimizer", () => ((optim.Optimizer)null!).SetLearningRate(0.1));

    /// <summary>An optimizer over one parameter with a slope.</summary>
    private sealed class Setting : IDisposable
    {
        private readonly Parameter parameter = new(tensor(new[] { 1f, -2f }));

        public Setting(Func<Parameter[], double, optim.Optimizer> make, double rate) =>
            Optimizer = make([parameter], rate);

        public optim.Optimizer Optimizer { get; }

        public float[] Values => parameter.data<float>().ToArray();

        public float[] Step()
        {
            Optimizer.step(() =>
            {
                parameter.grad = null;
                var loss = parameter.mul(parameter).sum();
                loss.backward();
                return loss;
            });
            return Values;
        }

        public void Dispose()
        {
            Optimizer.Dispose();
            parameter.Dispose();
        }
    }
}
