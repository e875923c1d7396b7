using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Model;

/// <summary>Which property of <c>[Compile]</c> belongs to which optimizer or loss, and what it may be.</summary>
internal static class HyperparameterRules
{
    private static readonly string[] Nesterov = ["Nesterov", "Momentum", "Dampening"];

    public static bool Takes(this OptimizerRow optimizer, string property)
        => optimizer.NumberOf(property) is not null
        || Array.Exists(optimizer.Flags, flag => flag.Property == property)
        || (property == KnownNames.DecayExcludeProperty && optimizer.NumberOf("WeightDecay") is not null);

    public static bool Takes(this LossRow loss, string property)
        => loss.NumberOf(property) is not null || property switch
        {
            KnownNames.IgnoreIndexProperty => loss.TakesIgnoreIndex,
            KnownNames.ClassWeightsProperty => loss.TakesClassWeights,
            _ => false,
        };

    /// <summary>The number that an optimizer takes under that property, or null.</summary>
    public static ParameterRow? NumberOf(this OptimizerRow optimizer, string property)
        => optimizer.LearningRate.Property == property
            ? optimizer.LearningRate
            : Array.Find(optimizer.Parameters, parameter => parameter.Property == property);

    /// <summary>The number that a loss takes under that property, or null.</summary>
    public static ParameterRow? NumberOf(this LossRow loss, string property)
        => Array.Find(loss.Parameters, parameter => parameter.Property == property)
        ?? Array.Find(loss.ConstructorParameters ?? [], parameter => parameter.Property == property);

    /// <summary>The optimizers that take a property.</summary>
    public static string[] OptimizersThatTake(string property)
        => [.. OptimizerCatalog.Rows.Where(row => row.Takes(property)).Select(row => row.Name)];

    /// <summary>The losses that take a property.</summary>
    public static string[] LossesThatTake(string property)
        => [.. LossCatalog.Rows.Where(row => row.Takes(property)).Select(row => row.Name)];

    /// <summary>
    /// What Nesterov's momentum lacks, as an advice, or null: torch refuses it without a momentum and with a dampening.
    /// </summary>
    public static string? NesterovAdvice(AttributeData compile, OptimizerRow optimizer)
    {
        if (!Nesterov.All(optimizer.Takes) || CompileParser.Argument(compile, Nesterov[0])?.Value is not true)
        {
            return null;
        }

        if (NumberIn(Nesterov[1]) == 0)
        {
            return "set Momentum, to 0.9 for example, or remove Nesterov";
        }

        return NumberIn(Nesterov[2]) > 0 ? "remove Dampening, or remove Nesterov" : null;

        double NumberIn(string property)
            => CompileParser.Argument(compile, property)?.Value is double value ? value : optimizer.NumberOf(property)!.Default;
    }
}
