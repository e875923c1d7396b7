using LoopGen.Generators.Catalog;
using LoopGen.Generators.Specs;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Parsing;

/// <summary>Reads <c>[ClipGradients]</c>; of several limits, which an analyzer reports, the first counts.</summary>
internal static class ClipParser
{
    public static ClipSpec? Parse(AttributeData? clip)
    {
        if (clip is null || Given(clip) is not { Count: > 0 } given)
        {
            return null;
        }

        var row = given[0];
        var limit = new NumberSpec(row.Argument, (double)CompileParser.Argument(clip, row.Property)!.Value.Value!, row.Property, isGiven: true);
        return new ClipSpec(row.Method, limit, CompileParser.Argument(clip, KnownNames.LogNormProperty)?.Value is true && row.ReturnsNorm);
    }

    /// <summary>The limits that an attribute gives, as they are written.</summary>
    public static IReadOnlyList<ClipRow> Given(AttributeData clip)
    {
        var given = new List<ClipRow>();
        foreach (var argument in clip.NamedArguments)
        {
            if (argument.Value is { Kind: TypedConstantKind.Primitive, Value: double } && ClipCatalog.Find(argument.Key) is { } row)
            {
                given.Add(row);
            }
        }

        return given;
    }
}
