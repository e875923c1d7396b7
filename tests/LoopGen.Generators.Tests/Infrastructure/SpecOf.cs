using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Tests.Infrastructure;

/// <summary>The specs that a generator run went through.</summary>
internal static class SpecOf
{
    public static LoopSpec Single(string source) => Only(All(GeneratorRun.Of(source)));

    public static IReadOnlyList<LoopSpec> All(GeneratorRun run)
        => [.. Steps(run).SelectMany(step => step.Outputs).Select(output => output.Value).OfType<LoopSpec>()];

    public static IReadOnlyList<IncrementalGeneratorRunStep> Steps(GeneratorRun run)
        => run.Driver.GetRunResult().Results.Single().TrackedSteps.TryGetValue(TrackingNames.Specs, out var steps) ? steps : [];

    private static LoopSpec Only(IReadOnlyList<LoopSpec> specs)
        => specs.Count == 1 ? specs[0] : throw new InvalidOperationException($"{specs.Count} specs instead of one.");
}
