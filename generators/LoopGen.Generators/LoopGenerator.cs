using LoopGen.Generators.Emission;
using LoopGen.Generators.Parsing;
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
            .Where(static spec => spec is not null)
            .WithTrackingName(TrackingNames.Specs);

        // File names must differ in more than case; hardly ever is there anything to settle.
        var clashes = specs.Collect().Select(HintNames.FindClashes).WithTrackingName(TrackingNames.Clashes);

        // Runs again only for the specs that changed by value.
        context.RegisterSourceOutput(
            specs.Combine(clashes),
            static (output, model) => LoopEmitter.Emit(output, model.Left!, model.Right));

        // The compiler stops at some mistakes before it asks the analyzers, which say the same with a fix.
        var misspelt = context.SyntaxProvider.CreateSyntaxProvider(MistakeParser.IsMisspelt, MistakeParser.ParseMisspelt);
        context.RegisterImplementationSourceOutput(specs.SelectMany(static (spec, _) => spec!.Mistakes), MistakeReport.Emit);
        context.RegisterImplementationSourceOutput(misspelt.SelectMany(static (mistakes, _) => mistakes), MistakeReport.Emit);
    }
}
