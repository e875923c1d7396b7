using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators;

/// <summary>Writes a training loop into every class that is marked with <c>[Compile]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class LoopGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Symbols end here: what leaves the transform is a record of plain values, or null for a class that has no loop.
        var specs = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownNames.CompileAttribute, ModelParser.IsCandidate, ModelParser.Parse)
            .WithTrackingName(TrackingNames.Specs);

        // File names must differ in more than case; hardly ever is there anything to settle.
        var clashes = specs.Collect().Select(HintNames.FindClashes).WithTrackingName(TrackingNames.Clashes);

        // Names of ours that mean something else in a namespace are written in full there; hardly any project has one.
        var neighbours = context.SyntaxProvider
            .CreateSyntaxProvider(NeighbourParser.IsCandidate, NeighbourParser.Parse)
            .Collect()
            .Select(static (found, _) => found.SelectMany(neighbours => neighbours).ToEquatableArray())
            .WithTrackingName(TrackingNames.Neighbours);

        // Runs again only for the specs that changed by value.
        context.RegisterSourceOutput(
            specs.Combine(clashes.Combine(neighbours)),
            static (output, model) => LoopEmitter.Emit(output, model.Left, clashes: model.Right.Left, neighbours: model.Right.Right));

        // The compiler stops at some mistakes before it asks the analyzers, which say the same with a fix.
        var misspelt = context.SyntaxProvider.CreateSyntaxProvider(MistakeParser.IsMisspelt, MistakeParser.ParseMisspelt);
        context.RegisterImplementationSourceOutput(specs.SelectMany(static (spec, _) => spec?.Mistakes ?? EquatableArray<MistakeSpec>.Empty), MistakeReport.Emit);
        context.RegisterImplementationSourceOutput(misspelt.SelectMany(static (mistakes, _) => mistakes), MistakeReport.Emit);
    }
}
