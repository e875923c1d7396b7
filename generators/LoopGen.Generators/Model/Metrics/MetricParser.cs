using LoopGen.Generators.Text;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Model;

/// <summary>Reads the <c>[Metric]</c> attributes of a class, in an order that is the same on every machine.</summary>
internal static class MetricParser
{
    public static EquatableArray<MetricSpec> Parse(
        INamedTypeSymbol type, AttributeData compile, LossSpec loss, Compilation compilation, CancellationToken cancellation)
    {
        List<MetricSpec>? metrics = null;
        var figures = new List<string>();
        foreach (var metric in Declared(type, compile, compilation, cancellation))
        {
            // Names that cannot be members, and second ones of a name, are reported and left out.
            if (MetricNameRules.Claim(figures, metric.Member) == MetricNameProblem.None)
            {
                (metrics ??= []).Add(metric.Row is { } row ? ToSpec(row, metric.Member, loss, metric.Attribute)
                    : metric.Type is { } own ? CustomMetricParser.ToSpec(metric.Attribute, own, metric.Member, CustomMetricRules.TakesName(own, type, compilation))
                    : CustomMetricParser.ToSpec(metric.Attribute, metric.Method!, metric.Member));
            }
        }

        return metrics is null ? EquatableArray<MetricSpec>.Empty : metrics.Count == 1 ? metrics[0].AsOnlyOne() : metrics.ToEquatableArray();
    }

    /// <summary>The metrics of a class in the order in which they are reported; what can be none is left out, and an analyzer tells the user why.</summary>
    public static IEnumerable<DeclaredMetric> Declared(
        INamedTypeSymbol type, AttributeData compile, Compilation compilation, CancellationToken cancellation)
    {
        foreach (var attribute in InOrder(type, compile))
        {
            if (FindMetric(attribute) is { } row)
            {
                yield return new DeclaredMetric(attribute, MemberOf(attribute, row), row, null, null);
            }
            else if (CustomMetricParser.FindType(attribute) is INamedTypeSymbol own && CustomMetricRules.ProblemOf(own, type, compilation) is null)
            {
                yield return new DeclaredMetric(attribute, CustomMetricParser.MemberOf(attribute, own), null, own, null);
            }
        }

        foreach (var (method, attribute) in AttributedMethods.Find(type, compile, KnownNames.MetricAttributeName, cancellation))
        {
            // One whose parameters seem swapped is reported, too, but can be called.
            if (CustomMetricRules.ProblemOf(method) is MetricMethodProblem.None or MetricMethodProblem.Swapped)
            {
                yield return new DeclaredMetric(attribute, CustomMetricParser.MemberOf(attribute, method), null, null, method);
            }
        }
    }

    /// <summary>The attributes in the order in which their figures are reported.</summary>
    public static IReadOnlyList<AttributeData> InOrder(INamedTypeSymbol type, AttributeData compile)
    {
        List<AttributeData>? attributes = null;
        foreach (var attribute in type.GetAttributes())
        {
            if (LoopAttributes.IsMetric(attribute))
            {
                (attributes ??= []).Add(attribute);
            }
        }

        return attributes is null ? [] : PartOrder.Of(attributes, compile);
    }

    /// <summary>The catalogue's row of a metric attribute, or null.</summary>
    public static MetricRow? FindMetric(AttributeData attribute)
        => attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Value is int value
            ? MetricCatalog.Find(value)
            : null;

    /// <summary>The member under which a metric is reported.</summary>
    public static string MemberOf(AttributeData attribute, MetricRow row)
        => CompileParser.Argument(attribute, KnownNames.NameProperty)?.Value is string name ? FigureName.ToMember(name) : row.Name;

    private static MetricSpec ToSpec(MetricRow row, string member, LossSpec loss, AttributeData attribute)
    {
        var form = row.FormFor(loss.Kind) ?? row.Forms[0];
        List<ArgumentSpec>? arguments = null;
        var k = CompileParser.Argument(attribute, KnownNames.KProperty)?.Value as int? ?? MetricCatalog.DefaultK;
        if (form.TakesK)
        {
            Add("k", Literal.Of(k));
        }

        if (form.Threshold is { } threshold)
        {
            Add("threshold", threshold);
        }

        var figure = FigureName.FromMember(member);
        if (figure != form.Name)
        {
            Add("name", Literal.Of(figure));
        }

        if (loss.IgnoreIndex is { } ignoreIndex && form.TakesIgnoreIndex)
        {
            Add("ignoreIndex", Literal.Of(ignoreIndex));
        }

        return new MetricSpec
        {
            Member = member,
            Title = member == row.Name ? form.TakesK ? row.Title.Replace("{k}", Literal.Of(k)) : row.Title : figure.Replace('_', ' '),
            TypeName = form.TypeName,
            Arguments = arguments is null ? EquatableArray<ArgumentSpec>.Empty : arguments.ToEquatableArray(),
            Source = MetricSource.Library,
            Call = null,
            IsHigherBetter = row.IsHigherBetter,
        };

        void Add(string name, string literal) => (arguments ??= []).Add(new ArgumentSpec(name, literal));
    }
}
