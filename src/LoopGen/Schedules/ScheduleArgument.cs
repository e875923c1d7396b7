namespace LoopGen;

/// <summary>Ranges of the arguments of schedules. Each method returns a value that is in its range.</summary>
/// <remarks>The exceptions carry what came; the messages say what was expected.</remarks>
internal static class ScheduleArgument
{
    public static double LearningRate(double value, string name) =>
        double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a number that is at least 0.");

    /// <summary>A factor of the learning rate, or a share of the steps.</summary>
    public static double Share(double value, string name) =>
        value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from 0 to 1.");

    public static double Positive(double value, string name) =>
        double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a number greater than 0.");

    public static long AtLeast(long minimum, long value, string name) =>
        value >= minimum
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {minimum}.");
}
