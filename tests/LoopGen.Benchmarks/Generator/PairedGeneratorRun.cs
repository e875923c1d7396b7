using System.Diagnostics;
using System.Globalization;
using LoopGen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopGen.Benchmarks.Generator;

/// <summary>
/// What the generator costs while somebody types, over 400 models, as a ratio to a pipeline with a constant transform:
/// Roslyn binds the attributes for both. The two run in turn, so that a machine whose speed drifts drifts for both;
/// quote the median of the pairs' ratios.
/// </summary>
internal static class PairedGeneratorRun
{
    private const int Models = 400;
    private const int WarmUps = 20;
    private const int Pairs = 60;

    public static void Run()
    {
        var compilation = ModelCorpus.Create(Models);
        var constant = Driver(new ConstantGenerator()).RunGenerators(compilation);
        var loops = Driver(new LoopGenerator()).RunGenerators(compilation);

        Report("after an unrelated edit", edited => constant.RunGenerators(edited), edited => loops.RunGenerators(edited));
        Report("from nothing", edited => Driver(new ConstantGenerator()).RunGenerators(edited), edited => Driver(new LoopGenerator()).RunGenerators(edited));

        void Report(string name, Func<Compilation, GeneratorDriver> one, Func<Compilation, GeneratorDriver> other)
        {
            var times = new List<(double Constant, double Loops)>();
            for (var pair = 0; pair < WarmUps + Pairs; pair++)
            {
                var measured = (Time(one, pair * 2), Time(other, (pair * 2) + 1));
                if (pair >= WarmUps)
                {
                    times.Add(measured);
                }
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Models} models, {name}: constant {Median(times.Select(time => time.Constant)):F1} ms, loops {Median(times.Select(time => time.Loops)):F1} ms, ratio {Median(times.Select(time => time.Loops / time.Constant)):F2}"));
        }

        // A new compilation each time: its symbols are made anew, as after a key press.
        double Time(Func<Compilation, GeneratorDriver> run, int edit)
        {
            var edited = compilation.AddSyntaxTrees(ModelCorpus.Parse($"class Unrelated{edit};", "Unrelated.cs"));
            GC.Collect();
            var watch = Stopwatch.StartNew();
            GC.KeepAlive(run(edited));
            return watch.Elapsed.TotalMilliseconds;
        }
    }

    private static GeneratorDriver Driver(IIncrementalGenerator generator)
        => CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: ModelCorpus.ParseOptions);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
