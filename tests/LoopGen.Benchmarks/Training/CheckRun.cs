using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace LoopGen.Benchmarks.Training;

/// <summary>What the checks and counts of each batch cost, beside the step of a small network on the CPU.</summary>
internal static class CheckRun
{
    private const int Rounds = 15;
    private const int Calls = 2_000;

    public static void Run()
    {
        set_num_threads(1);
        using var scope = NewDisposeScope();
        var (input, target) = (rand(64, 32), randint(10, 64));
        var (scores, answers, labels) = (rand(64, 10), rand(64, 1), zeros(64, 1));
        var network = nn.Sequential(("first", nn.Linear(32, 64)), ("relu", nn.ReLU()), ("second", nn.Linear(64, 10)));
        var optimizer = optim.SGD(network.parameters(), 0.01);
        var lossFunction = nn.CrossEntropyLoss();
        var (firstBatch, accuracy, mean) = (new FirstBatch(), new Accuracy(CPU), new Mean(CPU));
        var loss = full([], 1f);
        Measure("step of a small network", () =>
        {
            using var stepScope = NewDisposeScope();
            network.zero_grad();
            var computed = lossFunction.call(network.call(input), target);
            computed.backward();
            optimizer.step();
        });
        var normed = nn.Sequential(("first", nn.Linear(32, 64)), ("norm", nn.BatchNorm1d(64)), ("second", nn.Linear(64, 10)));
        Measure("normalised, not watched", () => Call(normed, input));
        using (LayerInputs.Watch(normed))
        {
            Measure("normalised, watched", () => Call(normed, input));
        }

        Measure("CheckClassTargets", () => firstBatch.CheckClassTargets(scores, target, ignoreIndex: -100));
        Measure("CheckSameShape", () => firstBatch.CheckSameShape(answers, labels));
        Measure("CheckProbabilityTargets", () => firstBatch.CheckProbabilityTargets(answers, labels));
        Measure("Mean.Update, numel()", () => mean.Update(loss, count: target.numel()));
        Measure("Mean.Update, Targets.Count", () =>
        {
            using var count = Targets.Count(scores, target);
            mean.Update(loss, count: count);
        });
        Measure("Accuracy.Update", () => accuracy.Update(scores, target));
    }

    private static void Call(nn.Module<Tensor, Tensor> network, Tensor input)
    {
        using var stepScope = NewDisposeScope();
        network.call(input);
    }

    private static void Measure(string name, Action action)
    {
        var times = new double[Rounds];
        for (var round = -2; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            for (var call = 0; call < Calls; call++)
            {
                action();
            }

            if (round >= 0)
            {
                times[round] = Stopwatch.GetElapsedTime(began).TotalMicroseconds / Calls;
            }
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        action();
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(times);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-28} {times[Rounds / 2],8:F2} µs (fastest {times[0]:F2}), {allocated} bytes"));
    }
}
