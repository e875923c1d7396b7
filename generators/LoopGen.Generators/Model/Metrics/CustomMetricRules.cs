using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Model;

/// <summary>What a metric of the user's own must look like.</summary>
internal static class CustomMetricRules
{
    private const string NameParameter = "name";

    // As Keras, scikit-learn and PyTorch call the two; a metric that takes them the other way round would be computed of each other's.
    private static readonly HashSet<string> TargetNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "target", "targets", "label", "labels", "truth", "expected", "answer", "answers", "ytrue", "y_true",
    };

    private static readonly HashSet<string> OutputNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "output", "outputs", "prediction", "predictions", "predicted", "logits", "scores", "probabilities", "ypred", "y_pred",
    };

    /// <summary>The first thing about a method that keeps the loop from calling it with output and target.</summary>
    public static MetricMethodProblem ProblemOf(IMethodSymbol method)
        => method.MethodKind != MethodKind.Ordinary ? MetricMethodProblem.NotAMethod
            : method.IsAsync ? MetricMethodProblem.Async
            : method.RefKind != RefKind.None || !ShapeRules.IsTensor(method.ReturnType) || method.ReturnNullableAnnotation == NullableAnnotation.Annotated ? MetricMethodProblem.Returns
            : method.IsGenericMethod ? MetricMethodProblem.Generic
            : method.Parameters.Length != 2 || !method.Parameters.All(parameter => parameter.RefKind == RefKind.None && ShapeRules.IsTensor(parameter.Type)) ? MetricMethodProblem.Takes
            : TargetNames.Contains(method.Parameters[0].Name) && OutputNames.Contains(method.Parameters[1].Name) ? MetricMethodProblem.Swapped
            : MetricMethodProblem.None;

    /// <summary>Whether a parameter of that name is the target, as most people call it.</summary>
    public static bool IsTargetName(string name) => TargetNames.Contains(name);

    /// <summary>Why no loop can use a type as a metric of a model, or null if it can.</summary>
    public static string? ProblemOf(ITypeSymbol type, INamedTypeSymbol model, Compilation compilation)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } metric || !DerivesFromStreamingMetric(metric.OriginalDefinition))
        {
            return "it must derive from StreamingMetric";
        }

        if (metric.IsAbstract)
        {
            return "it is abstract, so name a class derived from it";
        }

        if (IsOpen(metric))
        {
            return "it is generic, so give it its type arguments";
        }

        if (!IsVisible(metric, model, compilation))
        {
            return "the loop stands in a file of its own and cannot see it, so make it internal or public";
        }

        var constructors = ConstructorsOf(metric, model, compilation);
        return constructors.Length == 0 ? "it needs a constructor that the loop can call, with a torch.Device first and otherwise only optional parameters"
            : IsAmbiguous(constructors) ? "several of its constructors take a torch.Device and optional parameters, so make one of them take the torch.Device alone, or a string name and nothing else"
            : NeedsInitializer(metric, constructors) ? "it has required members, which the loop cannot set"
            : null;
    }

    /// <summary>Whether a metric type is told the name that it is reported under.</summary>
    public static bool TakesName(INamedTypeSymbol metric, INamedTypeSymbol model, Compilation compilation)
        => ConstructorsOf(metric, model, compilation).Any(TakesName);

    private static IMethodSymbol[] ConstructorsOf(INamedTypeSymbol metric, INamedTypeSymbol model, Compilation compilation)
        => [.. metric.InstanceConstructors.Where(constructor => TakesDevice(constructor) && compilation.IsSymbolAccessibleWithin(constructor, model))];

    private static bool TakesName(IMethodSymbol constructor)
        => constructor.Parameters.Skip(1).Any(parameter => parameter is { Name: NameParameter, Type.SpecialType: SpecialType.System_String });

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

    // typeof(X<>), typeof(Outer<>.X)
    private static bool IsOpen(INamedTypeSymbol type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.ContainingType)
        {
            if (candidate.IsUnboundGenericType)
            {
                return true;
            }
        }

        return false;
    }

    // Emitted code is inside the model, and in another file.
    private static bool IsVisible(ITypeSymbol type, INamedTypeSymbol model, Compilation compilation)
        => !(type is INamedTypeSymbol named && (ShapeRules.IsInFileClass(named) || !named.TypeArguments.All(argument => IsVisible(argument, model, compilation))))
        && compilation.IsSymbolAccessibleWithin(type, model);

    private static bool TakesDevice(IMethodSymbol constructor)
        => constructor.Parameters.Length > 0
        && constructor.Parameters[0] is { RefKind: RefKind.None or RefKind.In, Type: { Name: "Device", ContainingType.Name: "torch", ContainingAssembly.Name: KnownNames.TorchSharp } }
        && constructor.Parameters.Skip(1).All(parameter => parameter.HasExplicitDefaultValue);

    // Of those that fit new X(device) or new X(device, name: "x") the compiler prefers one without further parameters.
    private static bool IsAmbiguous(IMethodSymbol[] constructors)
    {
        var fitting = constructors.Any(TakesName) ? constructors.Where(TakesName).ToArray() : constructors;
        return fitting.Length > 1 && fitting.All(constructor => constructor.Parameters.Length > (TakesName(constructor) ? 2 : 1));
    }

    private static bool NeedsInitializer(INamedTypeSymbol type, IMethodSymbol[] constructors)
    {
        if (constructors.All(constructor => constructor.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "SetsRequiredMembersAttribute")))
        {
            return false;
        }

        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (candidate.GetMembers().Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
            {
                return true;
            }
        }

        return false;
    }
}
