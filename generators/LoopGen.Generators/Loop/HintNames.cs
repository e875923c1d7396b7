using System.Collections.Immutable;
using LoopGen.Generators.Model;

namespace LoopGen.Generators.Loop;

/// <summary>
/// The compiler compares hint names without regard to case, and one clash would cost all output. So of models whose
/// names differ only by case, all but the first carry a number.
/// </summary>
internal static class HintNames
{
    /// <summary>The names that need a number, first ones first; none in almost every project.</summary>
    public static EquatableArray<string> FindClashes(ImmutableArray<LoopSpec?> specs, CancellationToken cancellation)
    {
        var groups = new Dictionary<string, SortedSet<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var spec in specs)
        {
            if (spec is null)
            {
                continue;
            }

            var name = spec.Type.HintName;
            if (!groups.TryGetValue(name, out var group))
            {
                groups.Add(name, group = new SortedSet<string>(StringComparer.Ordinal));
            }

            group.Add(name);
        }

        cancellation.ThrowIfCancellationRequested();
        return groups.Values
            .SelectMany(group => group.Skip(1))
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToEquatableArray();
    }

    /// <summary>The name to use.</summary>
    public static string Resolve(string name, EquatableArray<string> clashes)
    {
        var number = 0;
        foreach (var clash in clashes)
        {
            number += string.Equals(clash, name, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
            if (clash == name)
            {
                return $"{name}-{number}";
            }
        }

        return name;
    }
}
