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
        ["LBFGS"] = (parameters, rate) => optim.LBFGS(parameters, rate),
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
