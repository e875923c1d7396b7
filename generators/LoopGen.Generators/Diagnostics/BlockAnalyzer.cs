using System.Collections.Immutable;
using LoopGen.Generators.Catalog;
using LoopGen.Generators.Features.Accumulation;
using LoopGen.Generators.Features.Averages;
using LoopGen.Generators.Features.EarlyStopping;
using LoopGen.Generators.Parsing;
using LoopGen.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Looks at the attributes that add a block: is there a loop for them, do they go together, can their numbers be?</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockAnalyzer : ModelAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.NumberOutOfRange,
        Descriptors.ArgumentMissing,
        Descriptors.BlocksExclude,
        Descriptors.BlockWithoutCompile);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var blocks = BlockAttributes.Of(type);
        if (LoopAttributes.FindCompile(type) is not { } compile)
        {
            foreach (var block in blocks.All)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.BlockWithoutCompile, LocationOf(block, context), type.Name, TitleOf(block)));
            }

            return;
        }

        AnalyzeNumber(context, blocks[KnownNames.AccumulateAttributeName], KnownNames.StepsProperty, AccumulateRules.RangeOfSteps, "the batches in a window");
        AnalyzeNumber(context, blocks[KnownNames.EmaAttributeName], KnownNames.DecayProperty, AverageRules.RangeOfDecay);
        AnalyzeNumber(context, blocks[KnownNames.SwaAttributeName], KnownNames.StartEpochProperty, AverageRules.RangeOfStartEpoch, "the first epoch whose weights are averaged");
        foreach (var (property, range) in EarlyStoppingRules.Ranges)
        {
            AnalyzeNumber(context, blocks[KnownNames.EarlyStoppingAttributeName], property, range);
        }

        if (blocks[KnownNames.EmaAttributeName] is { } ema && blocks[KnownNames.SwaAttributeName] is { } swa)
        {
            var averages = PartOrder.Of([ema, swa], compile);
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.BlocksExclude,
                LocationOf(averages[1], context),
                $"[{TitleOf(averages[1])}]",
                $"[{TitleOf(averages[0])}]",
                "a model is left with one average of its weights, so remove one of them"));
        }
    }

    // One that has a meaning here is needed.
    private static void AnalyzeNumber(
        SymbolAnalysisContext context, AttributeData? block, string property, NumberRange range, string? meaning = null)
    {
        if (block is null || AttributeArguments.SyntaxOf(block, context.CancellationToken) is not { } syntax)
        {
            return;
        }

        if (meaning is not null && !AttributeArguments.Mentions(block, syntax, property))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.ArgumentMissing,
                syntax.GetLocation(),
                $"[{TitleOf(block)}]",
                property,
                $"{meaning}, {range}"));
        }

        NumberReport.Check(context, block, property, range);
    }

    private static string TitleOf(AttributeData block) => LoopAttributes.TitleOf(block.AttributeClass!.Name);

    private static Location? LocationOf(AttributeData block, SymbolAnalysisContext context)
        => AttributeArguments.SyntaxOf(block, context.CancellationToken)?.GetLocation();
}
