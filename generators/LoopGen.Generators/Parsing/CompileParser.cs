using LoopGen.Generators.Catalog;
using LoopGen.Generators.Emission;
using LoopGen.Generators.Specs;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Parsing;

/// <summary>Reads <c>[Compile]</c>. What does not apply is left out here; an analyzer reports it.</summary>
internal static class CompileParser
{
    public static OptimizerSpec ParseOptimizer(AttributeData compile)
    {
        var row = FindOptimizer(compile) ?? OptimizerCatalog.Default;
        var summary = new List<string>();
        var arguments = new List<ArgumentSpec>();

        var learningRate = Number(compile, row.LearningRate);
        summary.Insert(0, $"learning rate {Literal.Plain(learningRate)}");

        ReadNumbers(compile, row.Parameters, arguments, summary);

        foreach (var flag in row.Flags)
        {
            if (Argument(compile, flag.Property)?.Value is true)
            {
                arguments.Add(new ArgumentSpec(flag.TorchName, Literal.Of(true)));
                summary.Add(flag.TorchName);
            }
        }

        return new OptimizerSpec
        {
            Title = row.Name,
            Factory = row.Factory,
            Summary = string.Join(", ", summary),
            LearningRateName = row.LearningRate.TorchName,
            LearningRate = Literal.Of(learningRate),
            Arguments = arguments.ToEquatableArray(),
        };
    }

    public static LossSpec ParseLoss(AttributeData compile)
    {
        var row = FindLoss(compile) ?? LossCatalog.Default;
        var ignoreIndex = row.TakesIgnoreIndex ? Argument(compile, KnownNames.IgnoreIndexProperty)?.Value as long? : null;
        var summary = new List<string>();
        var arguments = new List<ArgumentSpec>();
        ReadNumbers(compile, row.Parameters, arguments, summary);
        return new LossSpec
        {
            Kind = row.Name,
            Summary = string.Join(", ", summary),
            Arguments = arguments.ToEquatableArray(),
            IgnoreIndex = ignoreIndex,
        };
    }

    /// <summary>The optimizer that the attribute names, the default where it names none, or null where it names one that does not exist.</summary>
    public static OptimizerRow? FindOptimizer(AttributeData compile)
        => compile.NamedArguments.Any(argument => argument.Key == KnownNames.OptimizerProperty)
            ? Argument(compile, KnownNames.OptimizerProperty)?.Value is int value ? OptimizerCatalog.Find(value) : null
            : OptimizerCatalog.Default;

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

    // Every number is written out; in words are those that the attribute sets.
    private static void ReadNumbers(AttributeData compile, ParameterRow[] parameters, List<ArgumentSpec> arguments, List<string> summary)
    {
        foreach (var parameter in parameters)
        {
            var value = Number(compile, parameter);
            arguments.Add(new ArgumentSpec(parameter.TorchName, Literal.Of(value)));
            if (Argument(compile, parameter.Property) is not null)
            {
                summary.Add($"{Words(parameter.Property)} {Literal.Plain(value)}");
            }
        }
    }

    private static double Number(AttributeData compile, ParameterRow parameter)
        => Argument(compile, parameter.Property)?.Value is double value ? value : parameter.Default;

    // "WeightDecay" to "weight decay".
    private static string Words(string property) => FigureName.FromMember(property).Replace('_', ' ');
}
