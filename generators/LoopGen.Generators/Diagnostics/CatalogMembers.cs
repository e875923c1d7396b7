using LoopGen.Generators.Features.Schedules;
using LoopGen.Generators.Model;

namespace LoopGen.Generators.Diagnostics;

/// <summary>The members of the library's enums, as the catalogue has them.</summary>
internal static class CatalogMembers
{
    /// <summary>The names of the members of one of our enums; null for any other type.</summary>
    public static string[]? Of(string enumName) => enumName switch
    {
        KnownNames.OptimizerProperty => Array.ConvertAll(OptimizerCatalog.Rows, row => row.Name),
        KnownNames.LossProperty => Array.ConvertAll(LossCatalog.Rows, row => row.Name),
        KnownNames.ScheduleEnum => Array.ConvertAll(ScheduleCatalog.Rows, row => row.Name),
        KnownNames.MetricEnum => Array.ConvertAll(MetricCatalog.Rows, row => row.Name),
        KnownNames.DivisorEnum => ClassWeightRules.Divisors,
        _ => null,
    };

    /// <summary>Whether one of them has that value.</summary>
    public static bool Contains(string enumName, int value) => enumName switch
    {
        KnownNames.OptimizerProperty => OptimizerCatalog.Find(value) is not null,
        KnownNames.LossProperty => LossCatalog.Find(value) is not null,
        KnownNames.ScheduleEnum => ScheduleCatalog.Find(value) is not null,
        KnownNames.DivisorEnum => value >= 0 && value < ClassWeightRules.Divisors.Length,
        _ => MetricCatalog.Find(value) is not null,
    };
}
