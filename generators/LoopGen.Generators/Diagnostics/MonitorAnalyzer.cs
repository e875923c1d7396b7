using System.Collections.Immutable;
using LoopGen.Generators.Features;
using LoopGen.Generators.Features.EarlyStopping;
using LoopGen.Generators.Features.Schedules;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Looks at what is watched: is it a figure of the model, which way does it improve, can it reach what is asked?</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MonitorAnalyzer : ModelAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.NumberOutOfRange,
        Descriptors.UnknownFigure,
        Descriptors.DirectionUnknown);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (LoopAttributes.FindCompile(type) is not { } compile)
        {
            return;
        }

        var blocks = BlockAttributes.Of(type);
        var loss = CompileParser.ParseLoss(compile, FeatureList.WeighsSamples(blocks));
        if (blocks[KnownNames.ScheduleAttributeName] is { } schedule && ScheduleParser.FindRow(schedule) is { IsWatching: true })
        {
            AnalyzeMonitor(context, type, compile, loss, schedule);
        }

        if (blocks[KnownNames.CheckpointAttributeName] is { } checkpoint)
        {
            AnalyzeMonitor(context, type, compile, loss, checkpoint);
        }

        if (blocks[KnownNames.EarlyStoppingAttributeName] is { } rule)
        {
            AnalyzeMonitor(context, type, compile, loss, rule);
            AnalyzeThresholds(context, type, compile, loss, rule);
        }
    }

    private static void AnalyzeMonitor(
        SymbolAnalysisContext context, INamedTypeSymbol type, AttributeData compile, LossSpec loss, AttributeData watcher)
    {
        if (AttributeArguments.SyntaxOf(watcher, context.CancellationToken) is not { } syntax
            || AttributeArguments.Find(syntax, KnownNames.MonitorProperty) is not { } argument
            || CompileParser.Argument(watcher, KnownNames.MonitorProperty)?.Value is not string monitor)
        {
            return;
        }

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

    private static void AnalyzeThresholds(
        SymbolAnalysisContext context, INamedTypeSymbol type, AttributeData compile, LossSpec loss, AttributeData rule)
    {
        var metrics = MetricParser.Parse(type, compile, loss, context.Compilation, context.CancellationToken);
        var figure = MonitorRules.MonitorOf(rule);
        if (MonitorRules.Resolve(figure, metrics) is { } monitor
            && MonitorRules.WithoutDirection(figure, metrics) is null
            && EarlyStoppingRules.ProblemOfThresholds(rule, monitor.IsHigherBetter) is { } range
            && AttributeArguments.SyntaxOf(rule, context.CancellationToken) is { } syntax
            && AttributeArguments.Find(syntax, KnownNames.DivergenceThresholdProperty) is { } argument
            && CompileParser.Argument(rule, KnownNames.DivergenceThresholdProperty)?.Value is double limit)
        {
            NumberReport.Report(context, argument.Expression, KnownNames.DivergenceThresholdProperty, Literal.Plain(limit), range);
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
