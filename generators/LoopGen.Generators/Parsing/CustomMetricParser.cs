using LoopGen.Generators.Emission;
using LoopGen.Generators.Rules;
using LoopGen.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Parsing;

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

    public static MetricSpec ToSpec(INamedTypeSymbol type, string member, bool takesName)
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
        };
    }

    public static MetricSpec ToSpec(IMethodSymbol method, string member)
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
        };
    }

    /// <summary>
    /// The methods with <c>[Metric]</c> and that attribute, in the order of the class's parts. The syntax is asked first:
    /// to bind the attributes of every method of every model would cost more than everything else.
    /// </summary>
    public static IReadOnlyList<(IMethodSymbol Method, AttributeData Attribute)> FindMethods(
        INamedTypeSymbol type, AttributeData compile, CancellationToken cancellation)
    {
        List<(IMethodSymbol, AttributeData)>? found = null;
        var first = compile.ApplicationSyntaxReference?.SyntaxTree;
        var parts = type.DeclaringSyntaxReferences.Length == 1
            ? type.DeclaringSyntaxReferences.AsEnumerable()
            : type.DeclaringSyntaxReferences
                .OrderBy(part => part.SyntaxTree != first)
                .ThenBy(part => part.SyntaxTree.FilePath, StringComparer.Ordinal)
                .ThenBy(part => part.Span.Start);
        foreach (var part in parts)
        {
            if (part.GetSyntax(cancellation) is not TypeDeclarationSyntax declaration)
            {
                continue;
            }

            foreach (var member in declaration.Members)
            {
                if (member is MethodDeclarationSyntax { AttributeLists.Count: > 0 } syntax && HasMetricAttribute(syntax))
                {
                    Add(syntax);
                }
            }
        }

        return found is null ? [] : found;

        void Add(MethodDeclarationSyntax syntax)
        {
            // Both parts of a partial method are one, and have the attributes of both.
            foreach (var method in type.GetMembers(syntax.Identifier.ValueText).OfType<IMethodSymbol>())
            {
                foreach (var attribute in method.GetAttributes().Where(LoopAttributes.IsMetric))
                {
                    if (attribute.ApplicationSyntaxReference is { } written && written.SyntaxTree == syntax.SyntaxTree && syntax.Span.Contains(written.Span))
                    {
                        (found ??= []).Add((method, attribute));
                    }
                }
            }
        }
    }

    /// <summary>Whether an attribute is written like one of ours: cheap, and before anything is bound.</summary>
    public static bool IsNamedMetric(AttributeSyntax attribute) => RightmostName(attribute.Name) is KnownNames.MetricEnum or KnownNames.MetricAttributeName;

    private static bool HasMetricAttribute(MethodDeclarationSyntax method) => method.AttributeLists.Any(list => list.Attributes.Any(IsNamedMetric));

    private static string RightmostName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => string.Empty,
    };
}
