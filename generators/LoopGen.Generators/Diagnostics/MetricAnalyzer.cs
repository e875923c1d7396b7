using System.Collections.Immutable;
using System.Globalization;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Looks at <c>[Metric]</c>: does the metric fit the loss, can it have its name and its number?</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MetricAnalyzer : ModelAnalyzer
{
    /// <summary>The property of a diagnostic that holds a name that is free.</summary>
    internal const string FreeName = "FreeName";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.MetricDoesNotFit,
        Descriptors.MetricNameTaken,
        Descriptors.MetricNameImpossible,
        Descriptors.MetricWithoutCompile,
        Descriptors.HyperparameterNotTaken,
        Descriptors.NumberOutOfRange,
        Descriptors.NotAMember);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (LoopAttributes.FindCompile(type) is not { } compile)
        {
            foreach (var attribute in type.GetAttributes().Where(LoopAttributes.IsMetric))
            {
                Report(context, Descriptors.MetricWithoutCompile, LocationOf(attribute, context.CancellationToken), type.Name);
            }

            return;
        }

        var loss = CompileParser.FindLoss(compile);
        foreach (var attribute in MetricParser.InOrder(type, compile))
        {
            if (MetricParser.FindMetric(attribute) is { } row)
            {
                AnalyzeLoss(context, attribute, row, loss);
            }
            else
            {
                AnalyzeMember(context, attribute);
            }
        }

        var figures = new HashSet<string>(StringComparer.Ordinal);
        var proposed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var metric in MetricParser.Declared(type, compile, context.Compilation, context.CancellationToken))
        {
            AnalyzeName(context, metric.Attribute, metric.Member, figures, proposed);
            AnalyzeK(context, metric);
            AnalyzeDirection(context, metric);
        }
    }

    private static void AnalyzeLoss(SymbolAnalysisContext context, AttributeData attribute, MetricRow row, LossRow? loss)
    {
        if (loss is not null && row.FormFor(loss.Name) is null)
        {
            var fitting = MetricCatalog.Rows.Where(other => other.FormFor(loss.Name) is not null).Select(other => other.Name);
            Report(
                context,
                Descriptors.MetricDoesNotFit,
                ArgumentOf(attribute, context.CancellationToken),
                row.Name,
                loss.Name,
                Phrase.Either([.. fitting]));
        }
    }

    private static void AnalyzeK(SymbolAnalysisContext context, DeclaredMetric metric)
    {
        if (CompileParser.Argument(metric.Attribute, KnownNames.KProperty)?.Value is not int
            || AttributeArguments.SyntaxOf(metric.Attribute, context.CancellationToken) is not { } syntax
            || AttributeArguments.Find(syntax, KnownNames.KProperty) is not { } argument)
        {
            return;
        }

        if (metric.Row is not { TakesK: true })
        {
            var name = metric.Row?.Name ?? metric.Type?.Name ?? metric.Method!.Name;
            var takers = MetricCatalog.Rows.Where(other => other.TakesK).Select(other => other.Name);
            Report(context, Descriptors.HyperparameterNotTaken, argument.GetLocation(), KnownNames.KProperty, name, Phrase.Either([.. takers]));
        }
        else
        {
            NumberReport.Check(context, metric.Attribute, KnownNames.KProperty, MetricCatalog.RangeOfK);
        }
    }

    // The catalogue knows which way its metrics improve.
    private static void AnalyzeDirection(SymbolAnalysisContext context, DeclaredMetric metric)
    {
        if (metric.Row is { } row
            && AttributeArguments.SyntaxOf(metric.Attribute, context.CancellationToken) is { } syntax
            && AttributeArguments.Find(syntax, KnownNames.HigherIsBetterProperty) is { } argument)
        {
            Report(
                context,
                Descriptors.HyperparameterNotTaken,
                argument.GetLocation(),
                KnownNames.HigherIsBetterProperty,
                row.Name,
                "a metric of your own");
        }
    }

    private static void AnalyzeMember(SymbolAnalysisContext context, AttributeData attribute)
    {
        if (attribute.ConstructorArguments.Length == 1
            && attribute.ConstructorArguments[0] is { Kind: TypedConstantKind.Enum, Value: int number })
        {
            Report(
                context,
                Descriptors.NotAMember,
                ArgumentOf(attribute, context.CancellationToken),
                number.ToString(CultureInfo.InvariantCulture),
                KnownNames.MetricEnum,
                Phrase.Either(CatalogMembers.Of(KnownNames.MetricEnum)!));
        }
    }

    private static void AnalyzeName(
        SymbolAnalysisContext context,
        AttributeData attribute,
        string member,
        HashSet<string> figures,
        HashSet<string> proposed)
    {
        switch (MetricNameRules.Claim(figures, member))
        {
            case MetricNameProblem.Taken:
                // Not what was proposed for another one either, so that both can be accepted.
                var free = Enumerable.Range(2, figures.Count + proposed.Count + 1)
                    .Select(number => member + number.ToString(CultureInfo.InvariantCulture))
                    .First(name => !figures.Contains(FigureName.FromMember(name)) && !proposed.Contains(name));
                proposed.Add(free);
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.MetricNameTaken,
                    LocationOf(attribute, context.CancellationToken),
                    ImmutableDictionary<string, string?>.Empty.Add(FreeName, free),
                    FigureName.FromMember(member),
                    free));
                break;
            case MetricNameProblem.Reserved:
                ReportName($"every log has a member {member} of its own, so choose another name");
                break;
            case MetricNameProblem.NotAnIdentifier:
                ReportName("it becomes a member of the log, so begin with a letter and use letters and digits alone");
                break;
        }

        void ReportName(string reason)
            => Report(context, Descriptors.MetricNameImpossible, NameOf(attribute, context.CancellationToken), Written(), reason);

        string Written() => CompileParser.Argument(attribute, KnownNames.NameProperty)?.Value as string ?? member;
    }

    private static Location? LocationOf(AttributeData attribute, CancellationToken cancellation)
        => AttributeArguments.SyntaxOf(attribute, cancellation)?.GetLocation();

    private static Location? ArgumentOf(AttributeData attribute, CancellationToken cancellation)
        => AttributeArguments.SyntaxOf(attribute, cancellation) is { } syntax
            ? AttributeArguments.FirstPositional(syntax)?.Expression.GetLocation() ?? syntax.GetLocation()
            : null;

    private static Location? NameOf(AttributeData attribute, CancellationToken cancellation)
        => AttributeArguments.SyntaxOf(attribute, cancellation) is { } syntax
            ? AttributeArguments.Find(syntax, KnownNames.NameProperty)?.Expression.GetLocation() ?? syntax.GetLocation()
            : null;

    private static void Report(SymbolAnalysisContext context, DiagnosticDescriptor descriptor, Location? location, params object[] arguments)
        => context.ReportDiagnostic(Diagnostic.Create(descriptor, location, arguments));
}
