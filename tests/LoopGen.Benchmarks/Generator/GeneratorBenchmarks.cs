using BenchmarkDotNet.Attributes;
using LoopGen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopGen.Benchmarks.Generator;

/// <summary>
/// What the generator costs while somebody types, over 400 models, as a ratio to a pipeline with a constant transform
/// in the same process: Roslyn binds the attributes for both.
/// </summary>
[InProcess]
[WarmupCount(3)]
[IterationCount(15)]
[InvocationCount(1)]
public class GeneratorBenchmarks
{
    private const int Models = 400;

    private CSharpCompilation compilation = null!;
    private GeneratorDriver constant = null!;
    private GeneratorDriver loops = null!;
    private int edits;

    [GlobalSetup]
    public void SetUp()
    {
        this.compilation = ModelCorpus.Create(Models);
        this.constant = Driver(new ConstantGenerator()).RunGenerators(this.compilation);
        this.loops = Driver(new LoopGenerator()).RunGenerators(this.compilation);
    }

    [Benchmark(Baseline = true)]
    public GeneratorDriver ConstantAfterAnUnrelatedEdit() => this.constant.RunGenerators(this.Edited());

    [Benchmark]
    public GeneratorDriver LoopsAfterAnUnrelatedEdit() => this.loops.RunGenerators(this.Edited());

    [Benchmark]
    public GeneratorDriver ConstantFromNothing() => Driver(new ConstantGenerator()).RunGenerators(this.Edited());

    [Benchmark]
    public GeneratorDriver LoopsFromNothing() => Driver(new LoopGenerator()).RunGenerators(this.Edited());

    private static GeneratorDriver Driver(IIncrementalGenerator generator)
        => CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: ModelCorpus.ParseOptions);

    // A new compilation each time: its symbols are made anew, as after a key press.
    private CSharpCompilation Edited()
        => this.compilation.AddSyntaxTrees(ModelCorpus.Parse($"class Unrelated{this.edits++};", "Unrelated.cs"));
}
