using LoopGen.Generators.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopGen.Generators.Model;

/// <summary>Reads metrics of the user's own: <c>[Metric(typeof(X))]</c>, and <c>[Metric]</c> on a method.</summary>
internal static class CustomMetricParser
{
    /// <summary>The type that an attribute names, or null.</summary>
    public static ITypeSymbol? FindType(AttributeData attribute)
        => attribute.ConstructorArguments.Length == 1
        && attribute.ConstructorArguments[0] is { Kind: TypedConstantKind.Type, Value: ITypeSymbol { TypeKind: not TypeKind.Error } type }
            ? type
            : null;

    /// <summary>The member under which such a metric is reported: its name, else the type's without "Metric".</summary>
    public static string MemberOf(AttributeData attribute, INamedTypeSymbol type)
    {
        const string suffix = "Metric";
        if (CompileParser.Argument(attribute, KnownNames.NameProperty)?.Value is string name)
        {
            return FigureName.ToMember(name);
        }

        return type.Name.EndsWith(suffix, StringComparison.Ordinal) && type.Name.Length > suffix.Length
            ? type.Name.Substring(0, type.Name.Length - suffix.Length)
            : type.Name;
    }

    /// <summary>The member under which a method is reported: its name.</summary>
    public static string MemberOf(AttributeData attribute, IMethodSymbol method)
        => CompileParser.Argument(attribute, KnownNames.NameProperty)?.Value is string name
            ? FigureName.ToMember(name)
            : FigureName.ToMember(method.Name);

    public static MetricSpec ToSpec(AttributeData attribute, INamedTypeSymbol type, string member, bool takesName)
    {
        var figure = FigureName.FromMember(member);
        return new MetricSpec
        {
            Source = MetricSource.Type,
            Member = member,
            Title = figure.Replace('_', ' '),
            TypeName = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            Arguments = takesName
                ? new[] { new ArgumentSpec("name", Literal.Of(figure)) }.ToEquatableArray()
                : EquatableArray<ArgumentSpec>.Empty,
            Call = null,
            IsHigherBetter = Direction(attribute),
        };
    }

    public static MetricSpec ToSpec(AttributeData attribute, IMethodSymbol method, string member)
    {
        var figure = FigureName.FromMember(member);
        var name = SyntaxFacts.GetKeywordKind(method.Name) == SyntaxKind.None ? method.Name : "@" + method.Name;
        return new MetricSpec
        {
            Source = MetricSource.Method,
            Member = member,
            Title = figure.Replace('_', ' '),
            TypeName = "Mean",
            Arguments = new[] { new ArgumentSpec("name", Literal.Of(figure)) }.ToEquatableArray(),
            Call = method.IsStatic ? name : $"this.{name}",
            IsHigherBetter = Direction(attribute),
        };
    }

    // What the user's own figure is good for, only the user knows.
    private static bool? Direction(AttributeData attribute)
        => CompileParser.Argument(attribute, KnownNames.HigherIsBetterProperty)?.Value as bool?;
}
