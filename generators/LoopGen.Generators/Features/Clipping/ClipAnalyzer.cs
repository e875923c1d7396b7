using System.Collections.Immutable;
using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Features.Clipping;

/// <summary>Looks at <c>[ClipGradients]</c>: is there one limit, and can it be?</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClipAnalyzer : ModelAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.HyperparameterNotTaken,
        Descriptors.NumberOutOfRange,
        Descriptors.ClipLimits);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (LoopAttributes.FindCompile(type) is null
            || BlockAttributes.Of(type)[KnownNames.ClipGradientsAttributeName] is not { } clip
            || AttributeArguments.SyntaxOf(clip, context.CancellationToken) is not { } syntax)
        {
            return;
        }

        var given = ClipFeature.Given(clip);
        foreach (var row in given)
        {
            NumberReport.Check(context, clip, row.Property, ClipCatalog.RangeOfLimits);
        }

        if (!ClipCatalog.Properties.Any(property => AttributeArguments.Mentions(clip, syntax, property)))
        {
            Report(syntax, $"add one, {ClipCatalog.Rows[0].Property} = 1.0 for example");
        }

        // The first counts.
        foreach (var row in given.Skip(1))
        {
            Report(AttributeArguments.Find(syntax, row.Property)!, $"remove {given[0].Property} or {row.Property}");
        }

        if (given.Count == 1
            && !given[0].ReturnsNorm
            && AttributeArguments.Find(syntax, KnownNames.LogNormProperty) is { } logNorm)
        {
            var owners = Array.FindAll(ClipCatalog.Rows, row => row.ReturnsNorm).Select(row => row.Property);
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.HyperparameterNotTaken, logNorm.GetLocation(), KnownNames.LogNormProperty, given[0].Property, Phrase.Either([.. owners])));
        }

        void Report(SyntaxNode written, string advice)
            => context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.ClipLimits, written.GetLocation(), Phrase.All(ClipCatalog.Properties), advice));
    }
}
