using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Features.Checkpoints;

/// <summary>What the arguments of <c>[Checkpoint]</c> may be.</summary>
internal static class CheckpointRules
{
    public const int DefaultKeepLast = 2;

    /// <summary>The ranges of its numbers.</summary>
    public static readonly (string Property, NumberRange Range)[] Ranges =
    [
        (KnownNames.KeepLastProperty, NumberRange.AtLeastTwo),
        (KnownNames.EveryEpochsProperty, NumberRange.AtLeastOne),
        (KnownNames.EveryStepsProperty, NumberRange.AtLeastOne),
        (KnownNames.EveryMinutesProperty, NumberRange.Positive),
        (KnownNames.KeepBestProperty, NumberRange.AtLeastOne),
    ];

    /// <summary>What means nothing without a figure that tells the best weights.</summary>
    public static readonly string[] OfBest = [KnownNames.KeepBestProperty, KnownNames.FileNameProperty];

    /// <summary>The folder, or null where none is named.</summary>
    public static string? FolderOf(AttributeData checkpoint)
        => checkpoint.ConstructorArguments.Length == 1
        && checkpoint.ConstructorArguments[0] is { Kind: TypedConstantKind.Primitive, Value: string folder }
        && folder.Trim().Length > 0
            ? folder
            : null;

    /// <summary>Whether a metric of the user's can be saved: it, or a type that it derives from, says what its state is.</summary>
    public static bool HasState(INamedTypeSymbol metric)
    {
        for (var type = metric; type is not null && type.Name != KnownNames.StreamingMetric; type = type.BaseType)
        {
            if (!type.GetMembers(KnownNames.SaveState).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name of a figure, or null.</summary>
    public static string? MonitorOf(AttributeData checkpoint)
        => CompileParser.Argument(checkpoint, KnownNames.MonitorProperty)?.Value as string;

    /// <summary>The number of best weights that are kept.</summary>
    public static int KeepBestOf(AttributeData checkpoint)
        => CompileParser.Argument(checkpoint, KnownNames.KeepBestProperty)?.Value is int count and >= 1 ? count : 1;

    /// <summary>The pieces of the names of the best weights, and what is wrong with them; or null.</summary>
    public static (IReadOnlyList<FileNamePart> Parts, string? Problem) FileName(AttributeData checkpoint, IReadOnlyList<MetricSpec> metrics)
    {
        var count = KeepBestOf(checkpoint);
        if (CompileParser.Argument(checkpoint, KnownNames.FileNameProperty)?.Value is not string template)
        {
            return FileNameTemplate.Read(count == 1 ? "best" : "best-{epoch:000}", []);
        }

        var (parts, problem) = FileNameTemplate.Read(template, MonitorRules.Names(metrics));
        if (problem is null && count > 1 && !parts.Any(part => part.Placeholder is FileNameTemplate.Epoch or FileNameTemplate.Step))
        {
            problem = "is the same for all that are kept: add {epoch}";
        }

        return (parts, problem);
    }
}
