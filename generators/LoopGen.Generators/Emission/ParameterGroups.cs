using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission;

/// <summary>The parameter groups of an optimizer: fields with a learning rate of their own, and vectors without weight decay.</summary>
internal static class ParameterGroups
{
    /// <summary>Whether the optimizer is given groups, and not all parameters alike.</summary>
    public static bool Any(LoopContext context)
        => context.Spec.Optimizer.ExcludesVectorsFromDecay || context.Spec.FieldGroups.Any(group => group.Factor is not null);

    /// <summary>The optimizer's type, whose groups are named.</summary>
    public static IReadOnlyList<string> UsedTypes(LoopContext context)
        => Any(context) && !context.Owns(LoopMember.CreateOptimizer) ? [context.Spec.Optimizer.Factory] : [];

    /// <summary>The factor of the learning rate of each group, if any differs.</summary>
    public static IReadOnlyList<string> Factors(LoopContext context)
        => context.Spec.FieldGroups.Any(group => group.Factor is not null)
            ? Groups(context).Select(group => group.Factor?.Literal ?? "1.0").ToArray()
            : [];

    /// <summary>What the optimizer trains where there are no groups: everything but what is frozen.</summary>
    public static string All(LoopContext context) => Rest(context) ?? "this.parameters()";

    /// <summary>Lines in front of the optimizer.</summary>
    public static void WriteRest(LoopWriter writer, LoopContext context)
    {
        if (Any(context) && Rest(context) is { } rest)
        {
            writer.Line($"var {context.Names["rest"]} = {rest};");
        }
    }

    /// <summary>The groups, each on a line of its own where that fits.</summary>
    public static void Write(LoopWriter writer, LoopContext context)
    {
        var optimizer = context.Type(context.Spec.Optimizer.Factory);
        foreach (var (parameters, factor, isDecayed) in Groups(context))
        {
            List<string> options = [];
            if (factor is not null)
            {
                options.Add($"LearningRate = {factor.Literal} * {context.Names["learningRate"]}");
            }

            if (!isDecayed)
            {
                options.Add("weight_decay = 0.0");
            }

            var values = options.Count == 0 ? "()" : $" {{ {string.Join(", ", options)} }}";
            writer.List($"new {optimizer}.ParamGroup(", [parameters, $"new {optimizer}.Options{values}"], "),");
        }
    }

    private static IEnumerable<(string Parameters, NumberSpec? Factor, bool IsDecayed)> Groups(LoopContext context)
    {
        var rest = Rest(context) is null ? "this.parameters()" : context.Names["rest"];
        (string, NumberSpec?)[] sets = [(rest, null), .. context.Spec.FieldGroups.Where(group => group.Factor is not null).Select(group => (Of(group), group.Factor))];
        foreach (var (parameters, factor) in sets)
        {
            if (context.Spec.Optimizer.ExcludesVectorsFromDecay)
            {
                yield return ($"{context.Type("Parameters")}.Matrices({parameters})", factor, true);
                yield return ($"{context.Type("Parameters")}.Vectors({parameters})", factor, false);
            }
            else
            {
                yield return (parameters, factor, true);
            }
        }
    }

    private static string? Rest(LoopContext context)
        => context.Spec.FieldGroups.Count == 0
            ? null
            : $"{context.Type("Parameters")}.Except({string.Join(", ", context.Spec.FieldGroups.Select(Of).Prepend("this"))})";

    private static string Of(FieldGroupSpec group) => group.IsModule ? $"{group.Field}.parameters()" : $"[{group.Field}]";
}
