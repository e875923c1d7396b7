using System.Collections.Immutable;
using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Features.Checkpoints;

/// <summary>Looks at <c>[Checkpoint]</c>: where to save, how often, under which names, and can everything be saved?</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CheckpointAnalyzer : ModelAnalyzer
{
    private const string Title = "[Checkpoint]";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.NumberOutOfRange,
        Descriptors.ArgumentMissing,
        Descriptors.FileName,
        Descriptors.MetricWithoutState);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (LoopAttributes.FindCompile(type) is not { } compile
            || BlockAttributes.Of(type)[KnownNames.CheckpointAttributeName] is not { } checkpoint
            || AttributeArguments.SyntaxOf(checkpoint, context.CancellationToken) is not { } syntax)
        {
            return;
        }

        foreach (var (property, range) in CheckpointRules.Ranges)
        {
            NumberReport.Check(context, checkpoint, property, range);
        }

        // Without any argument the compiler says it.
        if (checkpoint.ConstructorArguments.Length == 1 && CheckpointRules.FolderOf(checkpoint) is null)
        {
            Report(AttributeArguments.FirstPositional(syntax)?.GetLocation() ?? syntax.GetLocation(), "a folder", "where the checkpoints are saved, \"checkpoints\" for example");
        }

        AnalyzeBest(context, type, compile, checkpoint, syntax);
        AnalyzeMetrics(context, type, compile);

        void Report(Location location, string argument, string meaning)
            => context.ReportDiagnostic(Diagnostic.Create(Descriptors.ArgumentMissing, location, Title, argument, meaning));
    }

    private static void AnalyzeBest(
        SymbolAnalysisContext context, INamedTypeSymbol type, AttributeData compile, AttributeData checkpoint, AttributeSyntax syntax)
    {
        var argument = CheckpointRules.OfBest.Select(property => AttributeArguments.Find(syntax, property)).FirstOrDefault(found => found is not null);
        if (argument is not null && !AttributeArguments.Mentions(checkpoint, syntax, KnownNames.MonitorProperty))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.ArgumentMissing,
                argument.GetLocation(),
                $"{AttributeArguments.NameOf(argument)} of {Title}",
                KnownNames.MonitorProperty,
                "the figure by which weights are the best, \"val_loss\" for example"));
        }

        if (CompileParser.Argument(checkpoint, KnownNames.FileNameProperty)?.Value is not string template
            || AttributeArguments.Find(syntax, KnownNames.FileNameProperty) is not { } written)
        {
            return;
        }

        var loss = CompileParser.ParseLoss(compile, FeatureList.WeighsSamples(BlockAttributes.Of(type)));
        var metrics = MetricParser.Parse(type, compile, loss, context.Compilation, context.CancellationToken);
        if (CheckpointRules.FileName(checkpoint, metrics).Problem is { } problem)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.FileName, written.Expression.GetLocation(), template, problem));
        }
    }

    // A training that goes on in the middle of an epoch needs the totals of all its metrics.
    private static void AnalyzeMetrics(SymbolAnalysisContext context, INamedTypeSymbol type, AttributeData compile)
    {
        foreach (var attribute in MetricParser.InOrder(type, compile))
        {
            if (CustomMetricParser.FindType(attribute) is INamedTypeSymbol metric
                && !CheckpointRules.HasState(metric)
                && AttributeArguments.SyntaxOf(attribute, context.CancellationToken) is { } syntax)
            {
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.MetricWithoutState, syntax.GetLocation(), metric.Name));
            }
        }
    }
}
