using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Model;

/// <summary>Reads <c>[Compile]</c>. What does not apply is left out here; an analyzer reports it.</summary>
internal static class CompileParser
{
    public static OptimizerSpec ParseOptimizer(AttributeData compile)
    {
        var row = FindOptimizer(compile) ?? OptimizerCatalog.Default;
        List<string>? flags = null;
        foreach (var flag in row.Flags)
        {
            if (Argument(compile, flag.Property)?.Value is true)
            {
                (flags ??= []).Add(flag.TorchName);
            }
        }

        return new OptimizerSpec
        {
            Title = row.Name,
            Factory = row.Factory,
            LearningRate = Number(compile, row.LearningRate),
            Numbers = Numbers(compile, row.Parameters),
            Flags = flags is null ? EquatableArray<string>.Empty : flags.ToEquatableArray(),
        };
    }

    public static LossSpec ParseLoss(AttributeData compile, bool hasSampleWeights)
    {
        var row = FindLoss(compile) ?? LossCatalog.Default;
        var weights = row.TakesClassWeights ? ClassWeightRules.WeightsOf(compile) : [];
        return new LossSpec
        {
            Kind = row.Name,
            Numbers = Numbers(compile, row.Parameters),
            ConstructorNumbers = GivenNumbers(compile, row.ConstructorParameters),
            ClassWeights = weights.Length == 0 ? EquatableArray<double>.Empty : weights.ToEquatableArray(),
            DividesByWeights = (weights.Length > 0 || hasSampleWeights) && ClassWeightRules.DividesByWeights(compile),
            IgnoreIndex = row.TakesIgnoreIndex ? Argument(compile, KnownNames.IgnoreIndexProperty)?.Value as long? : null,
        };
    }

    /// <summary>The optimizer that the attribute names, the default where it names none, or null where it names one that does not exist.</summary>
    public static OptimizerRow? FindOptimizer(AttributeData compile)
    {
        foreach (var argument in compile.NamedArguments)
        {
            if (argument.Key == KnownNames.OptimizerProperty)
            {
                return argument.Value is { Kind: not TypedConstantKind.Error, Value: int value } ? OptimizerCatalog.Find(value) : null;
            }
        }

        return OptimizerCatalog.Default;
    }

    /// <summary>The loss that the attribute names, or null.</summary>
    public static LossRow? FindLoss(AttributeData compile)
        => Argument(compile, KnownNames.LossProperty)?.Value is int value ? LossCatalog.Find(value) : null;

    /// <summary>A named argument, or null if the attribute lacks it.</summary>
    public static TypedConstant? Argument(AttributeData attribute, string property)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == property && argument.Value.Kind != TypedConstantKind.Error)
            {
                return argument.Value;
            }
        }

        return null;
    }

    // Every number is written out, also those that the attribute leaves to their defaults.
    private static EquatableArray<NumberSpec> Numbers(AttributeData attribute, ParameterRow[] parameters)
    {
        if (parameters.Length == 0)
        {
            return EquatableArray<NumberSpec>.Empty;
        }

        var numbers = ImmutableArray.CreateBuilder<NumberSpec>(parameters.Length);
        foreach (var parameter in parameters)
        {
            numbers.Add(Number(attribute, parameter));
        }

        return new(numbers.MoveToImmutable());
    }

    private static EquatableArray<NumberSpec> GivenNumbers(AttributeData attribute, ParameterRow[]? parameters)
    {
        List<NumberSpec>? numbers = null;
        foreach (var parameter in parameters ?? [])
        {
            if (Number(attribute, parameter) is { IsGiven: true } number)
            {
                (numbers ??= []).Add(number);
            }
        }

        return numbers is null ? EquatableArray<NumberSpec>.Empty : numbers.ToEquatableArray();
    }

    private static NumberSpec Number(AttributeData attribute, ParameterRow parameter)
        => Argument(attribute, parameter.Property)?.Value is double value
            ? new(parameter.TorchName, value, parameter.Property, isGiven: true)
            : parameter.DefaultNumber;
}
