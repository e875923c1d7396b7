using TorchSharp.Modules;

namespace LoopGen.Tests;

/// <summary>Every managed optimizer goes on from a file bit for bit.</summary>
public sealed class OptimizerStateTests : IDisposable
{
    private const int Steps = 7;

    private static readonly Dictionary<string, Func<nn.Module, OptimizerHelper>> Optimizers = new()
    {
        ["SGD"] = model => optim.SGD(model.parameters(), 0.05),
        ["SGD, momentum"] = model => optim.SGD(model.parameters(), 0.05, momentum: 0.9, weight_decay: 0.01),
        ["SGD, dampening"] = model => optim.SGD(model.parameters(), 0.05, momentum: 0.9, dampening: 0.1),
        ["SGD, Nesterov"] = model => optim.SGD(model.parameters(), 0.05, momentum: 0.9, nesterov: true),
        ["Adam"] = model => optim.Adam(model.parameters(), 0.01),
        ["Adam, AMSGrad"] = model => optim.Adam(model.parameters(), 0.01, amsgrad: true),
        ["AdamW"] = model => optim.AdamW(model.parameters(), 0.01, weight_decay: 0.1),
        ["AdamW, AMSGrad"] = model => optim.AdamW(model.parameters(), 0.01, amsgrad: true),
        ["RMSProp"] = model => optim.RMSProp(model.parameters(), 0.01),
        ["RMSProp, momentum"] = model => optim.RMSProp(model.parameters(), 0.01, momentum: 0.9),
        ["RMSProp, centered"] = model => optim.RMSProp(model.parameters(), 0.01, momentum: 0.9, centered: true),
        ["Adagrad"] = model => optim.Adagrad(model.parameters(), 0.01, lr_decay: 0.1, initial_accumulator_value: 0.1),
        ["Adadelta"] = model => optim.Adadelta(model.parameters(), 1.0),
        ["NAdam"] = model => optim.NAdam(model.parameters(), 0.01),
        ["RAdam"] = model => optim.RAdam(model.parameters(), 0.01),
        ["Adamax"] = model => optim.Adamax(model.parameters(), 0.01),
        ["ASGD"] = model => optim.ASGD(model.parameters(), 0.01, t0: 2),
        ["Rprop"] = model => optim.Rprop(model.parameters(), 0.01),
        ["fused SGD"] = model => new Fused.SGD(model.parameters(), 0.05),
        ["fused SGD, momentum"] = model => new Fused.SGD(model.parameters(), 0.05, momentum: 0.9, weight_decay: 0.01),
        ["fused Adam"] = model => new Fused.Adam(model.parameters(), 0.01),
        ["fused AdamW, AMSGrad"] = model => new Fused.AdamW(model.parameters(), 0.01, weight_decay: 0.1, amsgrad: true),
        ["fused Adagrad"] = model => new Fused.Adagrad(model.parameters(), 0.01, lr_decay: 0.1, initial_accumulator_value: 0.1),
        ["two groups"] = model => new SGD(
            [
                new SGD.ParamGroup(((FileModel)model).Hidden.parameters(), lr: 0.1, momentum: 0.9),
                new SGD.ParamGroup(((FileModel)model).Output.parameters(), lr: 0.01, momentum: 0),
            ],
            0.05),
    };

    private readonly OneThread oneThread = new();
    private readonly TemporaryFolder folder = new(isInMemory: true);

    public static TheoryData<string> Names => [.. Optimizers.Keys];

    private string File => folder["state.safetensors"];

    public void Dispose()
    {
        oneThread.Dispose();
        folder.Dispose();
    }

    /// <summary>A new optimizer of TorchSharp's must be among those above, or be one that no loop can take.</summary>
    [Fact]
    public void AllOptimizersAreTried()
    {
        using var model = NewModel(1);
        var tried = Optimizers.Values.Select(make => Dispose(make(model))).ToHashSet();
        var all = typeof(SGD).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(OptimizerHelper)) && !type.IsAbstract);
        Assert.Empty(all.Except(tried));

        static Type Dispose(OptimizerHelper optimizer)
        {
            optimizer.Dispose();
            return optimizer.GetType();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GoesOnBitForBit(string name)
    {
        using var model = NewModel(1);
        using var optimizer = Optimizers[name](model);
        Train(model, optimizer, from: 0, Steps);
        var expected = StateCopy.Of(model);

        // Saved before the first step, after it, later and at the end; loaded into optimizers that are new and into used ones.
        foreach (var saved in (int[])[0, 1, 4])
        {
            using var first = NewModel(1);
            using var firstOptimizer = Optimizers[name](first);
            Train(first, firstOptimizer, from: 0, saved);
            Save(first, firstOptimizer);

            foreach (var before in (int[])[0, 2])
            {
                using var second = NewModel(2);
                using var secondOptimizer = Optimizers[name](second);
                Train(second, secondOptimizer, from: 20, 20 + before);

                // What a load makes must outlive the scope that happens to be open, and not pile up.
                using (NewDisposeScope())
                {
                    Assert.Empty(Load(second, secondOptimizer));
                    LiveTensors.AssertNoneLeft(() => Assert.Empty(Load(second, secondOptimizer)));
                }

                Assert.Equal(StateCopy.Of(first), StateCopy.Of(second));
                Train(second, secondOptimizer, from: saved, Steps);
                Assert.Equal(expected, StateCopy.Of(second));
            }
        }
    }

    /// <summary>A schedule has set another learning rate than the one that the optimizer was made with.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void GoesOnWithTheLearningRateOfTheMoment(string name)
    {
        using var model = NewModel(1);
        using var optimizer = Optimizers[name](model);
        optimizer.SetLearningRate(0.003);
        Train(model, optimizer, from: 0, 3);
        Save(model, optimizer);
        Train(model, optimizer, from: 3, Steps);

        using var second = NewModel(2);
        using var secondOptimizer = Optimizers[name](second);
        Assert.Empty(Load(second, secondOptimizer));
        Assert.All(secondOptimizer.ParamGroups, group => Assert.Equal(0.003, group.LearningRate));
        Train(second, secondOptimizer, from: 3, Steps);
        Assert.Equal(StateCopy.Of(model), StateCopy.Of(second));
    }

    [Fact]
    public void EverySettingThatDiffersIsNamed()
    {
        using var model = NewModel(1);
        using var saved = optim.AdamW(model.parameters(), 0.01, beta1: 0.9, weight_decay: 0.1);
        using var other = optim.AdamW(model.parameters(), 0.02, beta1: 0.8, weight_decay: 0.1);
        using var deeper = optim.AdamW(model.parameters(), 0.01, beta1: 0.9, weight_decay: 0.1, amsgrad: true);
        Train(model, saved, from: 0, 2);
        Save(model, saved);
        var before = StateCopy.Of(model);
        LiveTensors.AssertNoneLeft(() => Assert.Equal(
            [
                "optimizer.group0.initial_learning_rate is \"0.02\" here, but \"0.01\" in the file",
                "optimizer.group0.beta1 is \"0.8\" here, but \"0.9\" in the file",
            ],
            Load(model, other)));
        Assert.Contains("optimizer.group0.amsgrad is \"True\" here, but \"False\" in the file", Load(model, deeper));
        Assert.Equal(before, StateCopy.Of(model));
    }

    [Fact]
    public void AnotherOptimizerIsNamedOnce()
    {
        using var model = NewModel(1);
        foreach (var (name, make) in Optimizers)
        {
            using var saved = make(model);
            Save(model, saved);
            foreach (var other in Optimizers.Values)
            {
                using var optimizer = other(model);
                if (optimizer.GetType().Name != saved.GetType().Name)
                {
                    Assert.Equal(
                        [$"optimizer.type is \"{optimizer.GetType().Name}\" here, but \"{saved.GetType().Name}\" in the file"], Load(model, optimizer));
                }
            }
        }
    }

    [Fact]
    public void OtherParametersAndGroupsAreNamed()
    {
        using var model = NewModel(1);
        using var whole = optim.SGD(model.parameters(), 0.1, momentum: 0.9);
        using var part = optim.SGD(model.Hidden.parameters(), 0.1, momentum: 0.9);
        using var groups = Optimizers["two groups"](model);
        Save(model, whole);
        Assert.Contains("optimizer.group0.parameters is \"2\" here, but \"6\" in the file", Load(model, part));
        Assert.Contains(Load(model, groups), problem => problem.StartsWith("optimizer.group1.", StringComparison.Ordinal));
        Save(model, groups);
        Assert.Contains("the optimizer has 1 groups of parameters here, but more in the file", Load(model, part));
    }

    /// <summary>A tensor that is missing in the file is not taken for one that is not made yet.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void EveryTensorThatIsMissingIsNoticed(string name)
    {
        using var model = NewModel(1);
        using var optimizer = Optimizers[name](model);
        Train(model, optimizer, from: 0, 2);
        Save(model, optimizer);
        var bytes = System.IO.File.ReadAllBytes(File);
        string[] names = [];
        StateFile.Change(File, (tensors, _) => names = [.. tensors.Keys]);
        foreach (var missing in names)
        {
            System.IO.File.WriteAllBytes(File, bytes);
            StateFile.Change(File, (tensors, _) => tensors.Remove(missing));
            Assert.Contains(Load(model, optimizer), problem => problem.Contains(missing, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void WhatCannotBeReadIsSaid()
    {
        using var model = NewModel(1);
        using var native = NativeErrors.Without(() => optim.LBFGS(model.parameters()));
        using var run = new TestRun();
        using var checkpoints = new Checkpoints(run.Run, folder["checkpoints"], "words");
        Assert.Contains("LBFGS cannot be saved", Assert.Throws<NotSupportedException>(() => checkpoints.Track("optimizer", native)).Message);

        using var own = new HiddenOptimizer(model.parameters());
        var error = Assert.Throws<NotSupportedException>(() => Save(model, own));
        Assert.Contains("Let the optimizer implement IStateful", error.Message);
    }

    private static FileModel NewModel(long seed)
    {
        manual_seed(seed);
        return new FileModel();
    }

    private static void Train(FileModel model, optim.Optimizer optimizer, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            manual_seed(100 + step);
            model.Train(optimizer, steps: 1);
        }
    }

    private void Save(FileModel model, OptimizerHelper optimizer) =>
        StateFile.Save(File, ("model", new StatefulModel(model)), ("optimizer", new StatefulOptimizer(optimizer)));

    private IReadOnlyList<string> Load(FileModel model, OptimizerHelper optimizer) =>
        StateFile.Load(File, ("model", new StatefulModel(model)), ("optimizer", new StatefulOptimizer(optimizer)));

    /// <summary>Keeps what a checkpoint cannot see.</summary>
    private sealed class HiddenOptimizer : OptimizerHelper
    {
        public HiddenOptimizer(IEnumerable<Parameter> parameters)
        {
            _parameter_groups = [];
            add_param_group(new ParamGroup { Parameters = parameters, Options = new OptimizerOptions { LearningRate = 0.1 } });
            foreach (var parameter in parameters)
            {
                _state[parameter.Handle] = new HiddenState(parameter);
            }
        }

        public override Tensor step(Func<Tensor>? closure = null) => throw new NotSupportedException();

        private sealed class HiddenState(Parameter parameter) : OptimizerState(parameter)
        {
            public long Step { get; set; }

            public override void SaveStateDict(BinaryWriter writer) => writer.Write(Step);

            public override void LoadStateDict(BinaryReader reader) => Step = reader.ReadInt64();

            public override void LoadStateDict(OptimizerState source) => Step = ((HiddenState)source).Step;

            public override void Initialize(OptimizerOptions options) => Step = 0;
        }
    }
}
