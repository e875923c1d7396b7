using LoopGen.Generators.Tests.Infrastructure;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Running;

/// <summary>Layer 4: parameter groups by attributes end with the bits of groups written by hand.</summary>
[Collection<TorchTests>]
public sealed class ParameterGroupTests
{
    private const double Rate = 0.05;

    private static readonly string[] Optimizers = ["AdamW", "Adam", "SGD", "RMSprop"];

    public static TheoryData<string, bool> Compared
    {
        get
        {
            var all = new TheoryData<string, bool>();
            foreach (var optimizer in Optimizers)
            {
                all.Add(optimizer, false);
                all.Add(optimizer, true);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Compared))]
    public void Emitted_and_hand_written_loops_end_with_the_same_bits(string optimizer, bool isScheduled)
    {
        var batches = SyntheticData.Batches("MSE");
        var source = Models.Groups
            .Replace("Optimizer.AdamW", $"Optimizer.{optimizer}", StringComparison.Ordinal)
            .Replace("[Schedule(Schedule.Exponential, Gamma = 0.99)]", isScheduled ? "[Schedule(Schedule.Step, StepSize = 1, Gamma = 0.5)]" : "", StringComparison.Ordinal);
        manual_seed(11);
        using var model = LoadedModel.Of(source, "Samples.Blocks.Transfer");
        manual_seed(11);
        using var twin = new Twin();
        Assert.Equal(LoadedModel.State(twin), LoadedModel.State(model.Module));

        model.Call("Fit", batches, 3, null, CPU, Rate);
        HandWritten(twin, optimizer, isScheduled, batches);

        Assert.Equal(LoadedModel.State(twin), LoadedModel.State(model.Module));
    }

    [Fact]
    public void Frozen_weights_and_statistics_stay()
    {
        var batches = SyntheticData.Batches("MSE");
        manual_seed(2);
        using var model = LoadedModel.Of(Models.Groups, "Samples.Blocks.Transfer");
        var before = Features();

        model.Call("Fit", batches, 2, null, CPU, Rate);

        Assert.Equal(before, Features());
        Assert.All(model.Module.named_parameters(), pair => Assert.Equal(!pair.name.StartsWith("features", StringComparison.Ordinal), pair.parameter.requires_grad));

        double[] Features() => LoadedModel.State(model.Module.named_children().Single(child => child.name == "features").module);
    }

    [Fact]
    public void CreateOptimizer_makes_the_same_groups()
    {
        using var model = LoadedModel.Of(Models.Groups, "Samples.Blocks.Transfer");
        using var optimizer = (optim.Optimizer)model.Call("CreateOptimizer", CPU, Rate)!;

        Assert.Equal([Rate, Rate, 0.5 * Rate, 0.5 * Rate, 0.25 * Rate, 0.25 * Rate], optimizer.ParamGroups.Select(group => group.LearningRate));

        // Frozen weights are in none.
        Assert.Equal(5, optimizer.parameters().Count());
    }

    // What a careful person writes without LoopGen.
    private static void HandWritten(Twin model, string name, bool isScheduled, IReadOnlyList<(Tensor Input, Tensor Target)> batches)
    {
        foreach (var frozen in model.Features.parameters())
        {
            frozen.requires_grad = false;
        }

        Parameter[] matrices = [model.Head.weight!], vectors = [model.Head.bias!];
        using optim.Optimizer optimizer = name switch
        {
            "AdamW" => optim.AdamW(Groups<AdamW.ParamGroup>((set, rate, decay) => new(set, lr: rate, weight_decay: decay)), Rate),
            "Adam" => optim.Adam(Groups<Adam.ParamGroup>((set, rate, decay) => new(set, lr: rate, weight_decay: decay)), Rate),
            "SGD" => optim.SGD(Groups<SGD.ParamGroup>((set, rate, decay) => new(set, lr: rate, weight_decay: decay)), Rate),
            _ => optim.RMSProp(Groups<RMSProp.ParamGroup>((set, rate, decay) => new(set, lr: rate, weight_decay: decay)), Rate),
        };
        using var lossFunction = nn.MSELoss();
        double[] factors = [1, 1, 0.5, 0.5, 0.25];
        var step = 0;
        for (var epoch = 0; epoch < 3; epoch++)
        {
            model.train();
            model.Features.eval();
            foreach (var (input, target) in batches)
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                lossFunction.call(model.call(input), target).backward();
                if (isScheduled)
                {
                    foreach (var (group, factor) in optimizer.ParamGroups.Zip(factors))
                    {
                        group.LearningRate = Rate * Math.Pow(0.5, step) * factor;
                    }
                }

                optimizer.step();
                step++;
            }
        }

        List<TGroup> Groups<TGroup>(Func<Parameter[], double, double, TGroup> create) =>
        [
            create(matrices, Rate, 0.1),
            create(vectors, Rate, 0),
            create([model.Middle.weight!], 0.5 * Rate, 0.1),
            create([model.Middle.bias!], 0.5 * Rate, 0),
            create([model.Scale], 0.25 * Rate, 0),
        ];
    }

    private sealed class Twin : nn.Module<Tensor, Tensor>
    {
        public Twin()
            : base(nameof(Twin))
        {
            this.Features = nn.Sequential(nn.Linear(2, 8), nn.BatchNorm1d(8), nn.Tanh());
            this.Middle = nn.Linear(8, 8);
            this.Scale = new Parameter(ones(8));
            this.Head = nn.Linear(8, 1);
            this.register_module("features", this.Features);
            this.register_module("middle", this.Middle);
            this.register_parameter("scale", this.Scale);
            this.register_module("head", this.Head);
        }

        public nn.Module<Tensor, Tensor> Features { get; }

        public Linear Middle { get; }

        public Parameter Scale { get; }

        public Linear Head { get; }

        public override Tensor forward(Tensor input) => this.Head.call(this.Middle.call(this.Features.call(input)) * this.Scale);
    }
}
