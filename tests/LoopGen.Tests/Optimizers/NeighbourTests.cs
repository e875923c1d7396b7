using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace LoopGen.Tests;

/// <summary>Trainings beside a thread that collects all the time, as a loader or a server would now and then.</summary>
public sealed class NeighbourTests : IDisposable
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1.5);

    private readonly OneThread oneThread = new();

    public void Dispose() => oneThread.Dispose();

    [Fact]
    public void NoStepOfManyParametersFails() => Train(OptimizerCase.Few.Select(one => one.Fused), () => new ParameterSet());

    /// <summary>Parameters with gaps are stepped one by one.</summary>
    [Fact]
    public void NoStepOfOneParameterFails() => Train(
        OptimizerCase.Few.Select(one => one.Fused),
        () => new ParameterSet(zeros(4, 6).narrow(1, 1, 3), zeros(3, 4).narrow(1, 0, 2)));

    /// <summary>What a step has around it: the loss, clipping, metrics, averages.</summary>
    [Fact]
    public void NothingThatALoopDoesAroundAStepFails()
    {
        using var neighbour = new ForcedCollections();
        using var model = Sequential(Linear(8, 16), ReLU(), Linear(16, 4));
        using var optimizer = new Fused.AdamW(model.parameters());
        using var inputs = randn(16, 8);
        using var targets = randint(0, 4, 16);
        using var mean = new Mean(CPU, name: "loss");
        using var accuracy = new Accuracy(CPU);
        using var topTwo = new TopKAccuracy(CPU, k: 2);
        using var averages = new AveragedWeights(model, decay: 0.99);
        using var lossFunction = CrossEntropyLoss();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Time;)
        {
            using var scope = NewDisposeScope();
            model.zero_grad();
            var output = model.call(inputs);
            var loss = lossFunction.call(output, targets);
            loss.backward();
            Gradients.ClipNorm(model, 1.0);
            Gradients.ClipValue(model, 0.5);
            Gradients.Divide(model, 3);
            optimizer.step();
            averages.Update();
            mean.Update(loss, count: 16);
            accuracy.Update(output, targets);
            topTwo.Update(output, targets);
        }

        Assert.True(double.IsFinite(mean.Compute()));
        Assert.True(neighbour.Count > 10);
    }

    private static void Train(IEnumerable<Func<IEnumerable<Parameter>, OptimizerHelper>> optimizers, Func<ParameterSet> parameters)
    {
        List<string> failures = [];
        var trainings = 0;
        using var neighbour = new ForcedCollections();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Time;)
        {
            foreach (var make in optimizers)
            {
                using var set = parameters();
                using var optimizer = make(set.Parameters);
                set.SetGradients(trainings);
                try
                {
                    for (var step = 0; step < 100; step++)
                    {
                        optimizer.step();
                    }

                    trainings++;
                }
                catch (ExternalException exception)
                {
                    failures.Add(exception.Message);
                }
            }
        }

        Assert.Empty(failures);
        Assert.True(trainings > 10 && neighbour.Count > 10, $"{trainings} trainings, {neighbour.Count} collections");
    }
}
