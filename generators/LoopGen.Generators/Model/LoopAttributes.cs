using LoopGen.Generators.Features;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Model;

/// <summary>Which attributes are ours.</summary>
internal static class LoopAttributes
{
    /// <summary>Those that each add a feature to the loop of a class that has <c>[Compile]</c>.</summary>
    public static readonly string[] BlockNames = [.. FeatureList.InOrder.SelectMany(kind => kind.Attributes)];

    /// <summary>Those of classes; some of them may stand on methods, too.</summary>
    public static readonly string[] Names = [KnownNames.CompileAttributeName, KnownNames.MetricAttributeName, .. BlockNames];

    /// <summary>Those of fields.</summary>
    public static readonly string[] FieldNames = [KnownNames.LearningRateAttributeName, KnownNames.FrozenAttributeName];

    /// <summary>The <c>[Compile]</c> of a class, the first if a mistake gave it two, or null.</summary>
    public static AttributeData? FindCompile(INamedTypeSymbol type)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (IsOurs(attribute.AttributeClass, KnownNames.CompileAttributeName))
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>What stands between the brackets: <c>Metric</c> of <c>MetricAttribute</c>.</summary>
    public static string TitleOf(string attribute) => attribute.Substring(0, attribute.Length - nameof(Attribute).Length);

    /// <summary>Whether an attribute is <c>[Metric]</c>.</summary>
    public static bool IsMetric(AttributeData attribute) => IsOurs(attribute.AttributeClass, KnownNames.MetricAttributeName);

    /// <summary>Whether a type is one of the library's attributes, or one of its enums, of that name.</summary>
    public static bool IsOurs(ITypeSymbol? type, string name)
        => type is { ContainingType: null, ContainingNamespace: { Name: KnownNames.Namespace, ContainingNamespace.IsGlobalNamespace: true } }
        && type.Name == name;
}
