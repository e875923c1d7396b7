using System.Collections.Immutable;
using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Features.ParameterGroups;

/// <summary>Looks at <c>[LearningRate]</c> and <c>[Frozen]</c> on fields: is there something to train, and a loop that trains it?</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FieldGroupAnalyzer : ModelAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.NumberOutOfRange,
        Descriptors.BlocksExclude,
        Descriptors.BlockWithoutCompile,
        Descriptors.NothingToTrain);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var isTrained = LoopAttributes.FindCompile(type) is not null;
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
        {
            var rate = FieldGroupRules.Find(field, KnownNames.LearningRateAttributeName);
            var frozen = FieldGroupRules.Find(field, KnownNames.FrozenAttributeName);
            foreach (var attribute in new[] { rate, frozen }.OfType<AttributeData>())
            {
                AnalyzeAttribute(context, type, field, attribute, isTrained);
            }

            if (isTrained && rate is not null && frozen is not null && LocationOf(frozen, context) is { } location)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.BlocksExclude,
                    location,
                    "[Frozen]",
                    "[LearningRate]",
                    "what is frozen learns at no rate, so remove one of them"));
            }
        }
    }

    private static void AnalyzeAttribute(SymbolAnalysisContext context, INamedTypeSymbol type, IFieldSymbol field, AttributeData attribute, bool isTrained)
    {
        var title = LoopAttributes.TitleOf(attribute.AttributeClass!.Name);
        if (!isTrained)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.BlockWithoutCompile, LocationOf(attribute, context), type.Name, title));
            return;
        }

        if (FieldGroupRules.KindOf(field) == FieldKind.Other && field.Type.TypeKind != TypeKind.Error)
        {
            var name = field.AssociatedSymbol?.Name ?? field.Name;
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NothingToTrain, LocationOf(attribute, context), name, title));
        }

        if (attribute.ConstructorArguments.Length == 1
            && AttributeArguments.SyntaxOf(attribute, context.CancellationToken) is { } syntax
            && AttributeArguments.FirstPositional(syntax) is { } argument)
        {
            NumberReport.Check(context, argument, "factor", attribute.ConstructorArguments[0], FieldGroupRules.RangeOfFactor);
        }
    }

    private static Location? LocationOf(AttributeData attribute, SymbolAnalysisContext context)
        => AttributeArguments.SyntaxOf(attribute, context.CancellationToken)?.GetLocation();
}
