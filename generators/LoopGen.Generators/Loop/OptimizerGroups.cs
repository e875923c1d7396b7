using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>The parameter groups of an optimizer: fields with a learning rate of their own, and vectors without weight decay.</summary>
internal static class OptimizerGroups
{
    /// <summary>Whether the optimizer is given groups, and not all parameters alike.</summary>
    public static bool Any(LoopContext context) => ExcludesVectors(context) || context.FieldGroups.Any(group => group.Factor is not null);

    /// <summary>The factor of the learning rate of each group, if any differs.</summary>
    public static IReadOnlyList<string> Factors(LoopContext context)
        => context.FieldGroups.Any(group => group.Factor is not null)
            ? Groups(context).Select(group => group.Factor?.Literal ?? "1.0").ToArray()
            : [];

    /// <summary>What the optimizer trains where there are no groups: everything but what is frozen.</summary>
    public static string All(LoopContext context) => Rest(context) ?? "this.parameters()";

    /// <summary>A line in front of the optimizer.</summary>
    public static void WriteRest(Lines lines)
    {
        if (Rest(lines.Context) is { } rest)
        {
            lines.Add($"var @rest = {rest};");
        }
    }

    /// <summary>The groups, each on a line of its own where that fits.</summary>
    public static void Write(Lines lines)
    {
        var context = lines.Context;
        var optimizer = context.Type(context.Spec.Optimizer.Factory);
        foreach (var (parameters, factor, isDecayed) in Groups(context))
        {
            string[] options =
            [
                .. factor is null ? [] : new[] { context.Text($"LearningRate = {factor.Literal} * @learningRate") },
                .. isDecayed ? [] : new[] { "weight_decay = 0.0" },
            ];
            string[] arguments = [parameters, $"new {optimizer}.Options{(options.Length == 0 ? "()" : $" {{ {string.Join(", ", options)} }}")}"];
            lines.Add($"new {optimizer}.ParamGroup({arguments}),");
        }
    }

    private static IEnumerable<(string Parameters, NumberSpec? Factor, bool IsDecayed)> Groups(LoopContext context)
    {
        var rest = Rest(context) is null ? "this.parameters()" : context.Text($"@rest");
        (string, NumberSpec?)[] sets = [(rest, null), .. context.FieldGroups.Where(group => group.Factor is not null).Select(group => (group.Parameters, group.Factor))];
        foreach (var (parameters, factor) in sets)
        {
            if (ExcludesVectors(context))
            {
                yield return (context.Text($"@Parameters.Matrices({parameters})"), factor, true);
                yield return (context.Text($"@Parameters.Vectors({parameters})"), factor, false);
            }
            else
            {
                yield return (parameters, factor, true);
            }
        }
    }

    private static bool ExcludesVectors(LoopContext context) => context.Features.Any(feature => feature.ExcludesVectorsFromDecay);

    private static string? Rest(LoopContext context)
        => context.FieldGroups.Any()
            ? context.Text($"@Parameters.Except({string.Join(", ", context.FieldGroups.Select(group => group.Parameters).Prepend("this"))})")
            : null;
}
