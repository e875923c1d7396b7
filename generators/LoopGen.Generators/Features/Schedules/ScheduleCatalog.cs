using static LoopGen.Generators.Features.Schedules.ScheduleParameterKind;
using static LoopGen.Generators.Model.NumberRange;

namespace LoopGen.Generators.Features.Schedules;

/// <summary>The learning rate schedules; names, parameters and defaults are the library's (a test holds them together).</summary>
internal static class ScheduleCatalog
{
    /// <summary>The updates of a warm-up, which nearly every schedule can have.</summary>
    public static readonly ScheduleParameterRow WarmupSteps = new("WarmupSteps", "warmupSteps", Whole, 0, NotNegative, "the updates of the warm-up");

    /// <summary>What a warm-up begins with; written only where there is one.</summary>
    public static readonly ScheduleParameterRow WarmupFactor = new("WarmupFactor", "warmupFactor", Number, 0.01, Share);

    private static readonly ScheduleParameterRow DecaySteps = new("DecaySteps", "decaySteps", RunLength, null, AtLeastOne);
    private static readonly ScheduleParameterRow FinalFactor = new("FinalFactor", "finalFactor", Number, 0, Share);
    private static readonly ScheduleParameterRow Gamma = new("Gamma", "gamma", Number, 0.1, Positive);

    public static readonly ScheduleRow[] Rows =
    [
        new(1, "Cosine", "cosine schedule", "CosineSchedule", [DecaySteps, FinalFactor]),
        new(
            2,
            "CosineRestarts",
            "cosine schedule with restarts",
            "CosineRestartsSchedule",
            [
                new("FirstPeriod", "firstPeriod", Whole, null, AtLeastOne, "the updates of the first period"),
                new("PeriodFactor", "periodFactor", Number, 1, AtLeastOne),
                FinalFactor,
            ]),
        new(
            3,
            "Step",
            "step schedule",
            "StepSchedule",
            [new("StepSize", "stepSize", Whole, null, AtLeastOne, "the updates from one reduction to the next"), Gamma]),
        new(
            4,
            "MultiStep",
            "multi-step schedule",
            "MultiStepSchedule",
            [new("Milestones", "milestones", Wholes, null, AtLeastOne, "the numbers of updates after which the rate is reduced"), Gamma]),
        new(
            5,
            "Exponential",
            "exponential schedule",
            "ExponentialSchedule",
            [Gamma with { Default = null, Meaning = "what the rate is multiplied by after each update" }]),
        new(6, "Linear", "linear schedule", "LinearSchedule", [DecaySteps, FinalFactor]),
        new(
            7,
            "Polynomial",
            "polynomial schedule",
            "PolynomialSchedule",
            [DecaySteps, new("Power", "power", Number, 1, Positive), FinalFactor]),
        new(
            8,
            "OneCycle",
            "one-cycle schedule",
            "OneCycleSchedule",
            [
                new("TotalSteps", "totalSteps", RunLength, null, AtLeastOne),
                new("WarmupFraction", "warmupFraction", Number, 0.3, Share),
                new("InitialFactor", "initialFactor", Number, 0.04, Share),
                FinalFactor with { Default = 4e-6 },
            ],
            HasWarmup: false),
        new(
            9,
            "Cyclic",
            "cyclic schedule",
            "CyclicSchedule",
            [
                new("HalfCycle", "halfCycle", Whole, null, AtLeastOne, "the updates from the lower bound to the upper one"),
                new("BaseFactor", "baseFactor", Number, 0.1, Share),
                Gamma with { Default = 1, Range = UpToOne },
            ]),
        new(
            10,
            "Plateau",
            "plateau schedule",
            "PlateauSchedule",
            [
                new("Factor", "factor", Number, 0.1, Between0And1),
                new("Patience", "patience", Whole, 10, AtLeastOne),
                new("MinDelta", "minDelta", Number, 1e-4, NotNegative),
                new("Cooldown", "cooldown", Whole, 0, NotNegative),
                FinalFactor,
            ],
            IsWatching: true),
    ];

    public static ScheduleRow? Find(int value) => Array.Find(Rows, row => row.Value == value);

    /// <summary>The names of the schedules that take a property.</summary>
    public static string[] ThatTake(string property) => [.. Rows.Where(row => row.Takes(property)).Select(row => row.Name)];

    /// <summary>The argument of a schedule that a property sets, or null.</summary>
    public static ScheduleParameterRow? ParameterOf(this ScheduleRow row, string property)
        => Array.Find(row.Parameters, parameter => parameter.Property == property)
        ?? (row.HasWarmup ? Array.Find([WarmupSteps, WarmupFactor], parameter => parameter.Property == property) : null);

    /// <summary>Whether a schedule takes a property at all.</summary>
    public static bool Takes(this ScheduleRow row, string property)
        => row.ParameterOf(property) is not null || (row.IsWatching && property == KnownNames.MonitorProperty);
}
