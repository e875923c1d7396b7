namespace LoopGen.Generators.Diagnostics;

/// <summary>The ids of all diagnostics. An id is never reused: scripts and settings name it.</summary>
internal static class DiagnosticIds
{
    public const string NotPartial = "LG0001";
    public const string NotAModule = "LG0002";
    public const string UnsupportedForward = "LG0003";
    public const string NotAnOrdinaryClass = "LG0004";
    public const string OldLanguage = "LG0005";

    public const string NoLoss = "LG0010";
    public const string HyperparameterNotTaken = "LG0011";
    public const string NumberOutOfRange = "LG0012";
    public const string NotAMember = "LG0013";
    public const string UnknownProperty = "LG0014";
    public const string NesterovAlone = "LG0015";
    public const string UnknownMember = "LG0016";
    public const string NameMeansAnother = "LG0017";
    public const string OptimizerNeedsClosure = "LG0018";

    public const string MetricDoesNotFit = "LG0020";
    public const string MetricNameTaken = "LG0021";
    public const string MetricNameImpossible = "LG0022";
    public const string MetricWithoutCompile = "LG0023";
    public const string MetricMethod = "LG0024";
    public const string MetricType = "LG0025";
    public const string MetricPlace = "LG0026";
    public const string MetricDoesNotFitOutput = "LG0027";
    public const string MetricWithoutState = "LG0028";

    public const string ComponentsNotRegistered = "LG0030";
    public const string PrimaryConstructor = "LG0031";
    public const string RegisteredByBase = "LG0032";
    public const string RegisteredTooEarly = "LG0033";

    public const string SoftmaxBeforeLoss = "LG0040";
    public const string SigmoidBeforeLoss = "LG0041";

    public const string UnknownHook = "LG0050";
    public const string HookSignature = "LG0051";
    public const string HookModifier = "LG0052";
    public const string HookNotPartial = "LG0053";
    public const string HookWithoutBody = "LG0054";

    public const string ArgumentMissing = "LG0060";
    public const string ClipLimits = "LG0061";
    public const string UnknownFigure = "LG0062";
    public const string DirectionUnknown = "LG0063";
    public const string BlocksExclude = "LG0064";
    public const string ScheduleMethod = "LG0065";
    public const string BlockWithoutCompile = "LG0066";
    public const string SchedulePlace = "LG0067";
    public const string FileName = "LG0068";

    public const string NothingToTrain = "LG0070";

    public const string OwnedMember = "LG0080";
    public const string OwnedMemberDiffers = "LG0081";
}
