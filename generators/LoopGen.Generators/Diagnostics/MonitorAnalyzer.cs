using System.Collections.Immutable;
using LoopGen.Generators.Parsing;
using LoopGen.Generators.Rules;
using LoopGen.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Looks at what is watched: is it a figure of the model, and which way does it improve?</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MonitorAnalyzer : ModelAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.UnknownFigure,
        Descriptors.DirectionUnknown);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (LoopAttributes.FindCompile(type) is not { } compile
            || BlockAttributes.Of(type) is not { Schedule: { } schedule } blocks
            || ScheduleParser.FindRow(schedule) is not { IsWatching: true }
            || AttributeArguments.SyntaxOf(schedule, context.CancellationToken) is not { } syntax
            || AttributeArguments.Find(syntax, KnownNames.MonitorProperty) is not { } argument
            || CompileParser.Argument(schedule, KnownNames.MonitorProperty)?.Value is not string monitor)
        {
            return;
        }

        var loss = CompileParser.ParseLoss(compile, blocks.SampleWeights is not null);
        var metrics = MetricParser.Parse(type, compile, loss, context.Compilation, context.CancellationToken);
        if (MonitorRules.Resolve(monitor, metrics) is null)
        {
            // It may be one that is left out because of another mistake.
            if (metrics.Count == CountMetrics(type, compile, context.CancellationToken))
            {
                ReportUnknown(context, argument, monitor, metrics);
            }
        }
        else if (MonitorRules.WithoutDirection(monitor, metrics) is { } metric)
        {
            ReportDirection(context, argument, monitor, AttributeOf(metric));
        }

        AttributeSyntax? AttributeOf(MetricSpec metric)
        {
            var declared = MetricParser.Declared(type, compile, context.Compilation, context.CancellationToken)
                .First(candidate => candidate.Member == metric.Member);
            return AttributeArguments.SyntaxOf(declared.Attribute, context.CancellationToken);
        }
    }

    private static int CountMetrics(INamedTypeSymbol type, AttributeData compile, CancellationToken cancellation)
        => MetricParser.InOrder(type, compile).Count
        + AttributedMethods.Find(type, compile, KnownNames.MetricAttributeName, cancellation).Count;

    private static void ReportUnknown(
        SymbolAnalysisContext context, AttributeArgumentSyntax argument, string monitor, IReadOnlyList<MetricSpec> metrics)
    {
        var nearest = MonitorRules.Suggest(monitor, metrics);
        var properties = nearest is null
            ? ImmutableDictionary<string, string?>.Empty
            : ImmutableDictionary<string, string?>.Empty.Add(UnknownNameAnalyzer.Replacement, $"\"{nearest}\"");
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.UnknownFigure,
            argument.Expression.GetLocation(),
            properties,
            monitor,
            nearest is null ? $"it has {Phrase.All(MonitorRules.Names(metrics))}" : $"did you mean {nearest}?"));
    }

    // The fix is made where the metric is.
    private static void ReportDirection(
        SymbolAnalysisContext context, AttributeArgumentSyntax argument, string monitor, AttributeSyntax? metric)
        => context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.DirectionUnknown,
            argument.Expression.GetLocation(),
            additionalLocations: metric is null ? null : [metric.GetLocation()],
            monitor));
}
