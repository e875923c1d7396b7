using System.Collections.Immutable;
using System.Globalization;
using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Features.Schedules;

/// <summary>Looks at <c>[Schedule]</c> on a class: does the schedule take these arguments, and has it all that it needs?</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ScheduleAnalyzer : ModelAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.HyperparameterNotTaken,
        Descriptors.NumberOutOfRange,
        Descriptors.NotAMember,
        Descriptors.ArgumentMissing,
        Descriptors.SchedulePlace);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (LoopAttributes.FindCompile(type) is null
            || BlockAttributes.Of(type)[KnownNames.ScheduleAttributeName] is not { } schedule
            || AttributeArguments.SyntaxOf(schedule, context.CancellationToken) is not { } syntax)
        {
            return;
        }

        if (ScheduleParser.FindRow(schedule) is not { } row)
        {
            AnalyzeKind(context, schedule, syntax);
            return;
        }

        foreach (var parameter in row.Parameters.Where(parameter => parameter.IsRequired))
        {
            if (!AttributeArguments.Mentions(schedule, syntax, parameter.Property))
            {
                ReportMissing(context, syntax, row.Name, parameter);
            }
        }

        foreach (var argument in AttributeArguments.All(syntax))
        {
            if (argument.NameEquals?.Name.Identifier.ValueText is { } name && CompileParser.Argument(schedule, name) is { } value)
            {
                AnalyzeArgument(context, argument, name, value, row);
            }
        }

        // Of no use by itself.
        if (row.HasWarmup
            && AttributeArguments.Find(syntax, ScheduleCatalog.WarmupFactor.Property) is { } factor
            && !AttributeArguments.Mentions(schedule, syntax, ScheduleCatalog.WarmupSteps.Property))
        {
            ReportMissing(context, factor, ScheduleCatalog.WarmupFactor.Property, ScheduleCatalog.WarmupSteps);
        }
    }

    private static void AnalyzeKind(SymbolAnalysisContext context, AttributeData schedule, AttributeSyntax syntax)
    {
        // One whose arguments the compiler does not take is its error.
        if (schedule.AttributeConstructor is not { } constructor)
        {
            return;
        }

        if (constructor.Parameters.Length == 0)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.SchedulePlace,
                syntax.GetLocation(),
                "class",
                "has to say which schedule: name one of the library's, as in Schedule(Schedule.Cosine), or put the attribute on a method of your own, double Rate(long step)"));
        }
        else if (schedule.ConstructorArguments[0] is { Kind: TypedConstantKind.Enum, Value: int number })
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.NotAMember,
                AttributeArguments.FirstPositional(syntax)?.Expression.GetLocation() ?? syntax.GetLocation(),
                number.ToString(CultureInfo.InvariantCulture),
                KnownNames.ScheduleEnum,
                Phrase.Either(CatalogMembers.Of(KnownNames.ScheduleEnum)!)));
        }
    }

    private static void AnalyzeArgument(
        SymbolAnalysisContext context, AttributeArgumentSyntax argument, string name, TypedConstant value, ScheduleRow row)
    {
        if (!row.Takes(name))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.HyperparameterNotTaken, argument.GetLocation(), name, row.Name, Phrase.Either(ScheduleCatalog.ThatTake(name))));
        }
        else if (row.ParameterOf(name) is { } parameter)
        {
            if (parameter.Kind == ScheduleParameterKind.Wholes)
            {
                AnalyzeWholes(context, argument, value, row, parameter);
            }
            else
            {
                NumberReport.Check(context, argument, name, value, parameter.Range);
            }
        }
    }

    private static void AnalyzeWholes(
        SymbolAnalysisContext context, AttributeArgumentSyntax argument, TypedConstant value, ScheduleRow row, ScheduleParameterRow parameter)
    {
        var numbers = ScheduleRules.WholesOf(value);
        if (numbers.Count == 0)
        {
            ReportMissing(context, argument, row.Name, parameter);
        }

        var written = AttributeArguments.ElementsOf(argument.Expression);
        for (var i = 0; i < numbers.Count; i++)
        {
            // Elements that are not written one by one are the whole's.
            var element = written.Count == numbers.Count ? written[i] : argument.Expression;
            var range = !parameter.Range.Contains(numbers[i]) ? parameter.Range.ToString()
                : i > 0 && numbers[i] <= numbers[i - 1] ? $"greater than {numbers[i - 1].ToString(CultureInfo.InvariantCulture)}, the one before it"
                : null;
            if (range is not null)
            {
                NumberReport.Report(context, element, parameter.Property, numbers[i].ToString(CultureInfo.InvariantCulture), range);
                if (element == argument.Expression)
                {
                    return;
                }
            }
        }
    }

    private static void ReportMissing(SymbolAnalysisContext context, SyntaxNode written, string owner, ScheduleParameterRow parameter)
        => context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.ArgumentMissing, written.GetLocation(), owner, parameter.Property, parameter.Meaning));
}
