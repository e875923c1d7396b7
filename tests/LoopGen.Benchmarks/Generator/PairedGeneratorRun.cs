using System.Globalization;
using LoopGen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopGen.Benchmarks.Generator;

/// <summary>
/// What the generator costs while somebody types, over 400 models, as a ratio to a pipeline with a constant transform:
/// Roslyn binds the attributes for both.
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
            var edits = 0;
            var measured = new PairedTime(WarmUps, Pairs).OfPrepared(() => Edited(one), () => Edited(other));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Models} models, {name}: constant {measured[0].Milliseconds:F1} ms, loops {measured[1].Milliseconds:F1} ms, ratio {measured[1].Ratio:F2}"));

            // A new compilation each time: its symbols are made anew, as after a key press.
            Action Edited(Func<Compilation, GeneratorDriver> run)
            {
                var edited = compilation.AddSyntaxTrees(ModelCorpus.Parse($"class Unrelated{edits++};", "Unrelated.cs"));
                return () => GC.KeepAlive(run(edited));
            }
        }
    }

    private static GeneratorDriver Driver(IIncrementalGenerator generator)
        => CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: ModelCorpus.ParseOptions);
}
