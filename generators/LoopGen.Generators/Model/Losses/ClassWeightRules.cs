using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Model;

/// <summary>The weights of the classes in <c>[Compile]</c>, and what the sum of weighted losses is divided by.</summary>
internal static class ClassWeightRules
{
    /// <summary>What the library's enum <c>LossDivisor</c> has, by value.</summary>
    public static readonly string[] Divisors = ["Targets", "Weights"];

    private const int MinimumCount = 2;
    private const int DivisorWeights = 1;

    /// <summary>The weights; empty where there are none, or too few to mean anything.</summary>
    public static double[] WeightsOf(AttributeData compile)
    {
        var weights = Given(compile);

        // -0.0 is equal to 0.0 but would be written otherwise.
        return weights is null || weights.Length < MinimumCount ? [] : Array.ConvertAll(weights, weight => weight + 0.0);
    }

    public static bool DividesByWeights(AttributeData compile)
        => CompileParser.Argument(compile, KnownNames.DivisorProperty)?.Value is DivisorWeights;

    /// <summary>What a single weight may be. A batch of nothing but a class of weight 0 has no weighted mean.</summary>
    public static NumberRange RangeOf(AttributeData compile)
        => DividesByWeights(compile) ? NumberRange.WeightAboveZero : NumberRange.Weight;

    /// <summary>The places of the weights that are out of their range. The loop has them in float32.</summary>
    public static int[] OutOfRange(AttributeData compile)
    {
        var range = RangeOf(compile);
        return Given(compile) is { } weights
            ? [.. Enumerable.Range(0, weights.Length).Where(place => !range.Contains(weights[place]) || !range.Contains((float)weights[place]))]
            : [];
    }

    /// <summary>What is wrong with all of them together: a name, what it is and what it must be; or null.</summary>
    public static (string Name, string Value, string Range)? Problem(AttributeData compile)
        => Given(compile) switch
        {
            { Length: < MinimumCount and > 0 } => ("The number of ClassWeights", "1", "at least 2, a weight for each class"),
            { Length: > 0 } weights when Array.TrueForAll(weights, weight => (float)weight == 0) => ("The sum of ClassWeights", "0", "greater than 0"),
            _ => null,
        };

    private static double[]? Given(AttributeData compile)
        => CompileParser.Argument(compile, KnownNames.ClassWeightsProperty) is { Kind: TypedConstantKind.Array, IsNull: false } array
            && array.Values.All(value => value.Kind == TypedConstantKind.Primitive && value.Value is double)
                ? [.. array.Values.Select(value => (double)value.Value!)]
                : null;
}
