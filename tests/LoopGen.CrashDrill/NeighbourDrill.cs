using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoopGen.CrashDrill;

/// <summary>
/// Short trainings beside a thread that collects all the time. TorchSharp's own optimizers fail here: the memory of their numbers
/// is freed while libtorch reads it.
/// </summary>
internal static class NeighbourDrill
{
    private static readonly (string Name, Func<IEnumerable<Parameter>, OptimizerHelper> Fused, Func<IEnumerable<Parameter>, OptimizerHelper> Managed)[] Optimizers =
    [
        ("SGD", weights => new Fused.SGD(weights, 0.01, momentum: 0.9, weight_decay: 0.01), weights => optim.SGD(weights, 0.01, momentum: 0.9, weight_decay: 0.01)),
        ("Adam", weights => new Fused.Adam(weights, 0.001), weights => optim.Adam(weights, 0.001)),
        ("AdamW", weights => new Fused.AdamW(weights, 0.001, amsgrad: true), weights => optim.AdamW(weights, 0.001, amsgrad: true)),
        ("Adagrad", weights => new Fused.Adagrad(weights, 0.01), weights => optim.Adagrad(weights, 0.01)),
    ];

    /// <summary>Trains for so many seconds.</summary>
    /// <returns>Whether no training failed.</returns>
    public static bool Run(int seconds, bool isManaged, TextWriter report)
    {
        set_num_threads(1);
        var isOver = false;
        var collections = 0;
        var neighbour = new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                _ = new byte[100_000];
                GC.Collect(0, GCCollectionMode.Forced, blocking: true);
                collections++;
            }
        });
        neighbour.Start();
        var failed = 0;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(seconds);)
        {
            foreach (var (name, fused, managed) in Optimizers)
            {
                var (trainings, failures) = Train(isManaged ? managed : fused, TimeSpan.FromSeconds(Math.Min(5, seconds / 4.0)));
                failed += failures;
                report.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed:mm\\:ss} {name}: {failures} of {trainings} trainings failed"));
            }
        }

        Volatile.Write(ref isOver, true);
        neighbour.Join();
        report.WriteLine($"{failed} trainings failed beside {collections} collections");
        return failed == 0;
    }

    private static (int Trainings, int Failures) Train(Func<IEnumerable<Parameter>, OptimizerHelper> make, TimeSpan time)
    {
        var (trainings, failures) = (0, 0);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time; trainings++)
        {
            using var scope = NewDisposeScope();
            using var model = Sequential(Linear(16, 32), ReLU(), Linear(32, 4));
            using var optimizer = make(model.parameters());
            using var averages = new AveragedWeights(model, decay: 0.99);
            using var mean = new Mean(CPU, name: "loss");
            using var accuracy = new Accuracy(CPU);
            using var lossFunction = CrossEntropyLoss();
            var inputs = randn(16, 16);
            var targets = randint(0, 4, 16);
            try
            {
                for (var step = 0; step < 50; step++)
                {
                    using var stepScope = NewDisposeScope();
                    model.zero_grad();
                    var output = model.call(inputs);
                    var loss = lossFunction.call(output, targets);
                    loss.backward();
                    Gradients.ClipNorm(model, 1.0);
                    optimizer.step();
                    averages.Update();
                    mean.Update(loss, count: 16);
                    accuracy.Update(output, targets);
                }
            }
            catch (ExternalException)
            {
                failures++;
            }
        }

        return (trainings, failures);
    }
}
