using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace LoopGen.Tests;

/// <summary>What a model holds and has not registered, wherever it is.</summary>
public sealed class UnknownPartsTests
{
    public static TheoryData<object, string> Holders => new()
    {
        { new[] { Linear(1, 1), Linear(1, 1) }, "Held[0] (Linear), Held[1] (Linear)" },
        { new List<Module<Tensor, Tensor>> { ReLU(), Linear(1, 1) }, "Held[1] (Linear)" },
        { new Dictionary<string, Module> { ["head"] = Linear(1, 1) }, "Held[\"head\"] (Linear)" },
        { (1, Linear(1, 1)), "Held.Item2 (Linear)" },
        { Tuple.Create(Linear(1, 1)), "Held.Item1 (Linear)" },
        { new Pair(Linear(1, 1), null), "Held.First (Linear)" },
        { new Pair(null, new Pair(Linear(1, 1), null)), "Held.Next.First (Linear)" },
        { new List<(string, Pair)> { ("a", new Pair(Linear(1, 1), null)) }, "Held[0].Item2.First (Linear)" },
        { new Queue<Module>([Linear(1, 1)]), "Held[0] (Linear)" },
        { new HashSet<Module>([Linear(1, 1)]), "Held[0] (Linear)" },
        { new[] { new Parameter(rand(2)) }, "Held[0] (Parameter)" },
        { new List<Tensor> { rand(2, requires_grad: true) }, "Held[0] (Tensor)" },
    };

    [Theory]
    [MemberData(nameof(Holders), DisableDiscoveryEnumeration = true)]
    public void AreReportedOnce(object held, string names)
    {
        using var model = new Holder(held);
        using var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent);
        Assert.StartsWith($"Holder holds what it has not registered: {names}. It is neither trained nor saved", Assert.Single(run.Notes));
    }

    [Fact]
    public void OthersAreNot()
    {
        using var model = new Holder(new object?[]
        {
            null, "text", 3, new[] { 1, 2 }, ReLU(), rand(2), new List<Tensor> { rand(2) }, new Func<int>(() => 1), CPU,
        });
        model.Itself = model;
        using var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent);
        Assert.Empty(run.Notes);
    }

    [Fact]
    public void PrivateAndInheritedFieldsAndThoseOfSubmodulesAreFound()
    {
        using var model = new Outer();
        using var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent);
        var note = Assert.Single(run.Notes);
        Assert.Contains("inner.hidden[0] (Linear)", note);
        Assert.Contains("Shared (Linear)", note);
    }

    [Fact]
    public void AModelOfNothingElseIsToldSo()
    {
        using var model = new Bare();
        var exception = Assert.Throws<InvalidOperationException>(() => TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent));
        Assert.Contains("Bare has no trainable parameters.", exception.Message);
        Assert.Contains("layers[0] (Linear)", exception.Message);
    }

    [Fact]
    public void LongListsAreCut()
    {
        using var model = new Holder(Enumerable.Range(0, 1000).Select(_ => Linear(1, 1)).ToArray());
        using var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent);
        Assert.Contains("Held[4] (Linear) and 995 more.", Assert.Single(run.Notes));
    }

    private sealed record Pair(Module<Tensor, Tensor>? First, Pair? Next);

    private sealed class Holder : Module<Tensor, Tensor>
    {
        public readonly object Held;
        public readonly Linear Known = Linear(1, 1);
        public object? Itself;

        public Holder(object held)
            : base(nameof(Holder))
        {
            Held = held;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => Known.call(input);
    }

    private class Base : Module<Tensor, Tensor>
    {
        private static readonly Linear Shared = Linear(1, 1);
        private readonly List<Linear> hidden = [Linear(1, 1)];
        public readonly Linear Known = Linear(1, 1);

        protected Base()
            : base(nameof(Base))
        {
        }

        public override Tensor forward(Tensor input) => Shared.call(hidden[0].call(Known.call(input)));
    }

    private sealed class Inner : Base
    {
        public Inner() => RegisterComponents();
    }

    private sealed class Outer : Module<Tensor, Tensor>
    {
        private readonly Inner inner = new();

        public Outer()
            : base(nameof(Outer)) => RegisterComponents();

        public override Tensor forward(Tensor input) => inner.call(input);
    }

    private sealed class Bare : Module<Tensor, Tensor>
    {
        private readonly Linear[] layers = [Linear(1, 1)];

        public Bare()
            : base(nameof(Bare)) => RegisterComponents();

        public override Tensor forward(Tensor input) => layers[0].call(input);
    }
}
