using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopGen.Generators.TakingOver;

/// <summary>Runs the generator over a compilation and hands out what it reads there, for tools that write a file of it elsewhere.</summary>
internal static class EmittedModels
{
    /// <summary>All models of a compilation, in the order of their files.</summary>
    public static IReadOnlyList<EmittedModel> In(CSharpCompilation compilation, CancellationToken cancellation)
    {
        // What the generator wrote in a build would make every member look like one of the user's own.
        var own = compilation.RemoveSyntaxTrees(compilation.SyntaxTrees.Where(EmittedTrees.IsEmitted));
        var driver = CSharpGeneratorDriver.Create(
            [new LoopGenerator().AsSourceGenerator()],
            parseOptions: own.SyntaxTrees.FirstOrDefault()?.Options as CSharpParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        var result = driver.RunGenerators(own, cancellation).GetRunResult().Results[0];
        if (result.Exception is { } exception)
        {
            throw new InvalidOperationException("The generator failed.", exception);
        }

        var clashes = Outputs<EquatableArray<string>>(result, TrackingNames.Clashes).FirstOrDefault();
        var neighbours = Outputs<EquatableArray<NeighbourSpec>>(result, TrackingNames.Neighbours).FirstOrDefault();
        return
        [
            .. Outputs<LoopSpec>(result, TrackingNames.Specs)
                .Select(spec => new EmittedModel(spec, HintNames.Resolve(spec.Type.HintName, clashes), neighbours)),
        ];
    }

    private static IEnumerable<T> Outputs<T>(GeneratorRunResult result, string step)
        => result.TrackedSteps.TryGetValue(step, out var steps)
            ? steps.SelectMany(run => run.Outputs).Select(output => output.Value).OfType<T>()
            : [];
}
