using System.Collections.Immutable;
using LoopGen.Generators.Features;
using LoopGen.Generators.Model;
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

        foreach (var kind in FeatureList.InOrder)
        {
            foreach (var number in kind.Numbers)
            {
                AnalyzeNumber(context, blocks[number.Attribute], number);
            }

            AttributeData[] given = kind.WhyOnlyOne is null ? [] : [.. kind.Attributes.Select(name => blocks[name]).OfType<AttributeData>()];
            if (given.Length > 1)
            {
                var inOrder = PartOrder.Of(given, compile);
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.BlocksExclude, LocationOf(inOrder[1], context), $"[{TitleOf(inOrder[1])}]", $"[{TitleOf(inOrder[0])}]", kind.WhyOnlyOne));
            }
        }
    }

    private static void AnalyzeNumber(SymbolAnalysisContext context, AttributeData? block, FeatureNumber number)
    {
        if (block is null || AttributeArguments.SyntaxOf(block, context.CancellationToken) is not { } syntax)
        {
            return;
        }

        if (number.Need is { } need && !AttributeArguments.Mentions(block, syntax, number.Property))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.ArgumentMissing,
                syntax.GetLocation(),
                $"[{TitleOf(block)}]",
                number.Property,
                $"{need}, {number.Range}"));
        }

        NumberReport.Check(context, block, number.Property, number.Range);
    }

    private static string TitleOf(AttributeData block) => LoopAttributes.TitleOf(block.AttributeClass!.Name);

    private static Location? LocationOf(AttributeData block, SymbolAnalysisContext context)
        => AttributeArguments.SyntaxOf(block, context.CancellationToken)?.GetLocation();
}
