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

    /// <summary>The steps of a curve, at least 1. Where it is given what a run has left after the warm-up, that may be none.</summary>
    public static long DecaySteps(long value, string name, long warmupSteps) =>
        value < 1 && warmupSteps > 0
            ? throw new ArgumentOutOfRangeException(
                name,
                value,
                $"{name} must be at least 1, on top of the {warmupSteps} steps of the warm-up. If it is what the run has left after them: make "
                + "warmupSteps less than the updates of the run, or train for longer.")
            : AtLeast(1, value, name);
}
