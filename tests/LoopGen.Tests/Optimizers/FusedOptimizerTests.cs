using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace LoopGen.Tests;

/// <summary>Groups, rates, closures, scopes, ends and mistakes.</summary>
public sealed class FusedOptimizerTests : IDisposable
{
    private readonly OneThread oneThread = new();

    public void Dispose() => oneThread.Dispose();

    [Fact]
    public void GroupsHaveNumbersOfTheirOwnAndRatesAreSetByGroup()
    {
        using var managed = new ParameterSet();
        using var fused = new ParameterSet();
        using var managedOptimizer = optim.AdamW(Groups(managed), lr: 0.01, weight_decay: 0.1);
        using var fusedOptimizer = new Fused.AdamW(Groups(fused), lr: 0.01, weight_decay: 0.1);
        foreach (var optimizer in new optim.Optimizer[] { managedOptimizer, fusedOptimizer })
        {
            optimizer.SetLearningRate(0.02, [1, 0.5]);
        }

        managed.Train(managedOptimizer, 0, 20);
        fused.Train(fusedOptimizer, 0, 20);

        Assert.Equal([0.02, 0.01], fusedOptimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.InRange(managed.DifferenceTo(fused), 0, 1e-6);

        static IEnumerable<AdamW.ParamGroup> Groups(ParameterSet set) =>
        [
            new(set.Parameters.Take(2), new AdamW.Options()),
            new(set.Parameters.Skip(2), new Fused.AdamW.Options { LearningRate = 0.5, weight_decay = 0.0 }),
        ];
    }

    [Fact]
    public void AGroupCanBeAddedLater()
    {
        using var set = new ParameterSet();
        using var optimizer = new Fused.SGD(set.Parameters.Take(1), 0.1);

        optimizer.add_param_group(new SGD.ParamGroup { Parameters = set.Parameters.Skip(1) });
        using var before = set.Parameters[1].detach().clone();
        set.Train(optimizer, 0, 1);

        Assert.Equal(3, optimizer.parameters().Count());
        Assert.False(before.equal(set.Parameters[1]).all().item<bool>());
    }

    /// <summary>Walking over the modules at each step would cost what is saved.</summary>
    [Fact]
    public void TheParametersAreReadOnce()
    {
        using var set = new ParameterSet();
        var reads = 0;
        using var optimizer = new Fused.Adam(Counted());

        set.Train(optimizer, 0, 5);

        Assert.Equal(1, reads);

        IEnumerable<Parameter> Counted()
        {
            reads++;
            foreach (var parameter in set.Parameters)
            {
                yield return parameter;
            }
        }
    }

    [Fact]
    public void AClosureComputesTheLossWithGradients()
    {
        using var set = new ParameterSet(ones(2));
        using var optimizer = new Fused.SGD(set.Parameters, 0.5);
        using var noGrad = no_grad();

        using var loss = optimizer.step(() =>
        {
            var sum = set.Parameters[0].sum();
            sum.backward();
            return sum;
        });

        Assert.Equal(2f, loss!.item<float>());
        Assert.Equal([0.5f, 0.5f], set.Parameters[0].detach().data<float>().ToArray());
    }

    [Fact]
    public void StatesOutliveTheScopeOfTheStepAndNothingElseIsLeft()
        => Assert.All(OptimizerCase.Few, one =>
        {
            using var set = new ParameterSet();
            var live = LiveTensors.Count;
            using (var optimizer = one.Fused(set.Parameters))
            {
                for (var step = 0; step < 3; step++)
                {
                    using var scope = NewDisposeScope();
                    set.SetGradients(step);
                    optimizer.step();
                }

                LiveTensors.AssertNoneLeft(() => optimizer.step());
            }

            set.Parameters.ForEach(parameter => parameter.grad = null);
            Assert.InRange(LiveTensors.Count - live, long.MinValue, 0);
        });

    /// <summary>torch counts writes: a backward pass through weights that were changed since is an error, not a wrong gradient.</summary>
    [Fact]
    public void AutogradIsToldThatTheWeightsHaveChanged()
    {
        using var set = new ParameterSet(ones(2));
        using var optimizer = new Fused.SGD(set.Parameters, 0.5);
        using var loss = set.Parameters[0].square().sum();
        set.Parameters[0].grad = ones(2);

        optimizer.step();

        Assert.Contains("modified by an inplace operation", Assert.Throws<ExternalException>(() => loss.backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AStepAfterTheEndIsAnError()
        => Assert.All(OptimizerCase.Few, one =>
        {
            using var set = new ParameterSet();
            var optimizer = one.Fused(set.Parameters);
            set.Train(optimizer, 0, 1);
            optimizer.Dispose();
            optimizer.Dispose();

            Assert.Throws<ObjectDisposedException>(() => optimizer.step());
        });

    [Fact]
    public void MistakesAreNamed()
    {
        using var set = new ParameterSet();
        Parameter[] twice = [set.Parameters[1], set.Parameters[1]];
        using var optimizer = new Fused.SGD(set.Parameters, 0.1);

        Assert.Throws<ArgumentNullException>("parameters", () => new Fused.SGD((IEnumerable<Parameter>)null!, 0.1));
        Assert.Throws<ArgumentNullException>("parameters", () => new Fused.AdamW((IEnumerable<AdamW.ParamGroup>)null!));
        Assert.Throws<ArgumentNullException>("param_group", () => optimizer.add_param_group(null!));
        Assert.Throws<ArgumentException>("param_group", () => new Fused.SGD(new Parameter[] { null! }, 0.1));
        Assert.Throws<ArgumentException>("param_group", () => optimizer.add_param_group(new SGD.ParamGroup()));
        Assert.Contains("A parameter of (3) was given twice", Assert.Throws<ArgumentException>(() => new Fused.Adam(twice)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "was given twice",
            Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new SGD.ParamGroup { Parameters = [set.Parameters[0]] })).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Fused.AdamW(set.Parameters, beta1: 1));

        // The finalizer of what was never made must not end the process.
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>Moving a model makes new parameters: a loop says so before the first step.</summary>
    [Fact]
    public void AnOptimizerFromBeforeAMoveIsNamed()
    {
        using var run = new TestRun();
        using var optimizer = new Fused.AdamW(run.Model.parameters());
        run.Model.to(float64);

        Assert.Contains(
            "holds none of the trainable parameters",
            Assert.Throws<ArgumentException>(() => run.Run.Check(optimizer)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ALoopSaysOnceThatParametersAreSteppedAlone()
    {
        using var run = new TestRun(verbosity: Verbosity.LinePerEpoch);
        run.Model.to(float16);
        using var alone = new Fused.SGD(run.Model.parameters(), 0.1);
        using var together = new Fused.Adam(run.Model.parameters());

        run.Run.Check(together);
        Assert.Empty(run.Run.Notes);
        run.Run.Check(alone);

        Assert.Equal(
            ["SGD steps its parameters one by one, because libtorch's aten::_fused_sgd_ is wrong for torch.float16 on cpu. The results are the same, but a step takes longer."],
            run.Run.Notes);
        Assert.Contains("one by one", run.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public void TrainsALinearModel()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = Linear(3, 1);
        var inputs = randn(64, 3);
        var targets = inputs.mm(tensor(new[] { 1f, -2f, 3f }).view(3, 1));
        using var optimizer = new Fused.AdamW(model.parameters(), lr: 0.1);
        for (var step = 0; step < 300; step++)
        {
            optimizer.zero_grad();
            functional.mse_loss(model.call(inputs), targets).backward();
            optimizer.step();
        }

        Assert.InRange(functional.mse_loss(model.call(inputs), targets).item<float>(), 0, 1e-3);
    }
}
