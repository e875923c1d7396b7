using System.Collections.Immutable;
using LoopGen.Generators.Features;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.TakingOver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>
/// Reminds of loops that a class declares itself: the attributes do not shape them. Where the comment above one tells what
/// it was written from, it says what has changed since.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OwnedMemberAnalyzer : ModelAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.OwnedMember,
        Descriptors.OwnedMemberDiffers);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        // Nearly every class ends here, before anything of it is bound.
        var type = (INamedTypeSymbol)context.Symbol;
        if (!MemberParser.MayOwnAny(type)
            || LoopAttributes.FindCompile(type) is not { } compile
            || ShapeRules.Check(type, context.CancellationToken) != ShapeViolation.None)
        {
            return;
        }

        var membersOfBatch = ForwardParser.Parse(type).Count + (FeatureList.WeighsSamples(BlockAttributes.Of(type)) ? 2 : 1);
        var owned = MemberParser.OwnedMethods(type, membersOfBatch).ToLookup(pair => LoopFile.Of(pair.Member), pair => pair);
        LoopContext? model = null;
        foreach (var file in LoopFile.All.Where(file => file.Subject is not null))
        {
            // Overloads call the loop, and a new optimizer is what CreateOptimizer is for: both do without the attributes.
            IMethodSymbol[] methods = [.. owned[file].Select(pair => pair.Method)];
            IMethodSymbol[] shaped = [.. owned[file].Where(pair => IsShaped(pair.Member)).Select(pair => pair.Method)];
            var origin = methods.Select(method => OriginOf(method, file, context.CancellationToken)).FirstOrDefault(words => words is not null);
            if (origin is not null)
            {
                model ??= new LoopContext(
                    ModelParser.Read(type, compile, context.Compilation, context.CancellationToken),
                    EquatableArray<NeighbourSpec>.Empty);
                var changes = AskedForChanges.Between(origin, file.AskedFor!(model), heads: file.Name == "Evaluate" ? 1 : 2);
                if (changes.Count > 0)
                {
                    Report(Descriptors.OwnedMemberDiffers, methods, string.Join(", ", changes));
                    continue;
                }
            }

            if (shaped.Length > 0)
            {
                Report(Descriptors.OwnedMember, shaped, NamesOf(shaped).Length == 1 ? "it" : "them");
            }
        }

        void Report(DiagnosticDescriptor descriptor, IMethodSymbol[] methods, string last)
            => context.ReportDiagnostic(Diagnostic.Create(
                descriptor,
                AttributeArguments.SyntaxOf(compile, context.CancellationToken)?.GetLocation(),
                additionalLocations: methods.Select(method => method.Locations[0]),
                type.Name,
                Phrase.All([.. NamesOf(methods).Select(name => $"{(name[0] == 'E' ? "an" : "a")} {name}")]),
                last));
    }

    private static string[] NamesOf(IMethodSymbol[] methods) => [.. methods.Select(method => method.Name).Distinct()];

    private static bool IsShaped(LoopMember member)
        => member is LoopMember.FitBatches or LoopMember.EvaluateBatches or LoopMember.TrainOnBatch or LoopMember.TestOnBatch;

    private static string? OriginOf(IMethodSymbol method, LoopFile file, CancellationToken cancellation)
        => method.DeclaringSyntaxReferences.Select(reference => Origin.Find(reference.GetSyntax(cancellation), file)).FirstOrDefault(words => words is not null);
}
