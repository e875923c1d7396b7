using System.Globalization;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopGen.Generators.Features.Schedules;

/// <summary>Reads <c>[Schedule]</c> of a class or of a method. What means nothing is left out here; an analyzer reports it.</summary>
internal static class ScheduleParser
{
    public static ScheduleFeature? Read(FeatureReading reading)
    {
        if (reading.Attributes[KnownNames.ScheduleAttributeName] is { } schedule && FindRow(schedule) is { } row)
        {
            return OfCatalog(row, schedule, reading.Metrics);
        }

        foreach (var (method, _) in AttributedMethods.Find(reading.Type, reading.Compile, KnownNames.ScheduleAttributeName, reading.Cancellation))
        {
            if (ScheduleRules.IsScheduleMethod(method))
            {
                return OfMethod(method);
            }
        }

        return null;
    }

    /// <summary>The catalogue's row of an attribute, or null.</summary>
    public static ScheduleRow? FindRow(AttributeData schedule)
        => schedule.ConstructorArguments.Length == 1 && schedule.ConstructorArguments[0].Value is int value ? ScheduleCatalog.Find(value) : null;

    private static ScheduleFeature OfCatalog(ScheduleRow row, AttributeData schedule, IReadOnlyList<MetricSpec> metrics)
    {
        var monitor = row.IsWatching ? MonitorRules.Resolve(MonitorRules.MonitorOf(schedule), metrics) ?? MonitorRules.ValidationLoss : null;
        var warmupSteps = row.HasWarmup ? (long)Number(schedule, ScheduleCatalog.WarmupSteps) : 0;
        string? runLength = null;
        var arguments = new List<ArgumentSpec>();
        foreach (var parameter in row.Parameters)
        {
            if (parameter.Kind == ScheduleParameterKind.RunLength && CompileParser.Argument(schedule, parameter.Property) is null)
            {
                runLength = parameter.Name;
            }
            else
            {
                arguments.Add(new ArgumentSpec(parameter.Name, Text(schedule, parameter)));
            }
        }

        if (monitor is not null)
        {
            arguments.Add(new ArgumentSpec("isHigherBetter", Literal.Of(monitor.IsHigherBetter)));
        }

        if (warmupSteps > 0)
        {
            arguments.Add(new ArgumentSpec(ScheduleCatalog.WarmupSteps.Name, Text(schedule, ScheduleCatalog.WarmupSteps)));
            arguments.Add(new ArgumentSpec(ScheduleCatalog.WarmupFactor.Name, Text(schedule, ScheduleCatalog.WarmupFactor)));
        }

        return new ScheduleFeature
        {
            Title = warmupSteps > 0 ? $"{row.Title} after a warm-up" : row.Title,
            TypeName = row.TypeName,
            Arguments = arguments.ToEquatableArray(),
            RunLengthArgument = runLength,
            WarmupSteps = warmupSteps,
            Method = null,
            Monitor = monitor,
        };
    }

    private static ScheduleFeature OfMethod(IMethodSymbol method)
    {
        var name = SyntaxFacts.GetKeywordKind(method.Name) == SyntaxKind.None ? method.Name : "@" + method.Name;
        return new ScheduleFeature
        {
            Title = $"learning rate scheduled by {method.Name}",
            TypeName = null,
            Arguments = EquatableArray<ArgumentSpec>.Empty,
            RunLengthArgument = null,
            WarmupSteps = 0,
            Method = method.IsStatic ? name : $"this.{name}",
            Monitor = null,
        };
    }

    private static string Text(AttributeData schedule, ScheduleParameterRow parameter) => parameter.Kind switch
    {
        ScheduleParameterKind.Number => Literal.Of(Number(schedule, parameter)),
        ScheduleParameterKind.Wholes => $"[{string.Join(", ", ScheduleRules.WholesOf(schedule, parameter.Property).Select(Literal.Of))}]",
        _ => Literal.Of((long)Number(schedule, parameter)),
    };

    // A number that is missing is reported; 1 lets the rest be compiled.
    private static double Number(AttributeData schedule, ScheduleParameterRow parameter)
        => CompileParser.Argument(schedule, parameter.Property)?.Value is IConvertible value and not string
            ? value.ToDouble(CultureInfo.InvariantCulture)
            : parameter.Default ?? 1;
}
