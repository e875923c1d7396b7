using System.Globalization;
using TorchSharp.Modules;

namespace LoopGen.Tests;

/// <summary>Every combination of PyTorch's own arguments, weights that are stepped together and alone, against PyTorch.</summary>
public sealed class PyTorchOptimizerTests
{
    [Fact]
    public void AfterTwoHundredSteps()
    {
        var lines = Lines().ToArray();
        Assert.True(lines.Length > 40);
        Assert.All(lines, line =>
        {
            var parts = line.Split(',');
            var arguments = parts[1].Split(' ').Select(part => part.Split('=')).ToDictionary(part => part[0], part => Number(part[1]));
            var expected = parts[2..].Select(Number).ToArray();
            foreach (var hasGaps in (bool[])[false, true])
            {
                using var scope = NewDisposeScope();
                var start = arange(1, 6, dtype: float64);
                using var set = new ParameterSet(hasGaps ? stack([start, start], 1).narrow(1, 0, 1).squeeze(1) : start);
                Assert.Equal(!hasGaps, set.Parameters[0].is_contiguous());
                using var optimizer = Make(parts[0], arguments, set.Parameters);
                for (var step = 0; step < 200; step++)
                {
                    set.Parameters[0].grad = tensor(Enumerable.Range(0, 5).Select(index => index < 4 ? Math.Sin(step + index) : 0).ToArray(), float64);
                    optimizer.step();
                }

                using var difference = (set.Parameters[0].detach() - tensor(expected)).abs().max();
                Assert.InRange(difference.item<double>(), 0, 1e-9);
            }
        });
    }

    private static OptimizerHelper Make(string name, Dictionary<string, double> numbers, IEnumerable<Parameter> parameters)
    {
        bool Flag(string flag) => numbers[flag] != 0;
        return name switch
        {
            "SGD" => new Fused.SGD(
                parameters, 0.01, numbers["momentum"], numbers["dampening"], numbers["weight_decay"], Flag("nesterov"), Flag("maximize")),
            "Adam" => new Fused.Adam(parameters, 0.01, 0.9, 0.99, 1e-6, numbers["weight_decay"], Flag("amsgrad"), Flag("maximize")),
            "AdamW" => new Fused.AdamW(parameters, 0.01, 0.9, 0.99, 1e-6, numbers["weight_decay"], Flag("amsgrad"), Flag("maximize")),
            "Adagrad" => new Fused.Adagrad(
                parameters, 0.01, numbers["lr_decay"], numbers["weight_decay"], numbers["initial_accumulator_value"], 1e-6),
            _ => throw new ArgumentException(name),
        };
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines()
    {
        using var stream = typeof(PyTorchOptimizerTests).Assembly.GetManifestResourceStream("optimizers.csv")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
