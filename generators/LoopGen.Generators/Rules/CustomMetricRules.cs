using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Rules;

/// <summary>What a metric of the user's own must look like.</summary>
internal static class CustomMetricRules
{
    /// <summary>The signature of a metric method, for messages.</summary>
    public const string MethodSignature = "Tensor {0}(Tensor output, Tensor target)";

    /// <summary>A method that takes output and target and returns a tensor; static or not, as accessible as one likes.</summary>
    public static bool IsMetricMethod(IMethodSymbol method)
        => method is { MethodKind: MethodKind.Ordinary, IsGenericMethod: false, IsAsync: false, RefKind: RefKind.None, Parameters.Length: 2 }
        && ShapeRules.IsTensor(method.ReturnType)
        && method.Parameters.All(parameter => parameter.RefKind == RefKind.None && ShapeRules.IsTensor(parameter.Type));

    /// <summary>A class that can be made for a device and updated with output and target.</summary>
    public static bool IsMetricType(INamedTypeSymbol type)
        => type is { TypeKind: TypeKind.Class, IsAbstract: false, IsUnboundGenericType: false }
        && DerivesFromStreamingMetric(type)
        && type.InstanceConstructors.Any(IsMetricConstructor);

    /// <summary>Whether a metric type says itself which name it is reported under.</summary>
    public static bool TakesName(INamedTypeSymbol type)
        => type.InstanceConstructors.Any(constructor => IsMetricConstructor(constructor)
            && constructor.Parameters.Any(parameter => parameter is { Name: "name", Type.SpecialType: SpecialType.System_String }));

    private static bool DerivesFromStreamingMetric(INamedTypeSymbol type)
    {
        for (var candidate = type.BaseType; candidate is not null; candidate = candidate.BaseType)
        {
            if (LoopAttributes.IsOurs(candidate, KnownNames.StreamingMetric))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsMetricConstructor(IMethodSymbol constructor)
        => constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
        && constructor.Parameters.Length > 0
        && constructor.Parameters[0].Type is { Name: "Device", ContainingType.Name: "torch", ContainingAssembly.Name: KnownNames.TorchSharp }
        && constructor.Parameters.Skip(1).All(parameter => parameter.HasExplicitDefaultValue);
}
