namespace LoopGen.Tests;

/// <summary>What PyTorch has no sequence for: ends, odd arguments, errors.</summary>
public sealed class ScheduleTests
{
    public static TheoryData<string> Errors => new(Wrong.Keys);

    private static Dictionary<string, (string Name, string Expected, Func<LearningRateSchedule> Make)> Wrong { get; }
        = new()
        {
            ["negative rate"] = ("learningRate", "a number that is at least 0", () => new LinearSchedule(-1, 5)),
            ["no number"] = ("learningRate", "a number that is at least 0", () => new LinearSchedule(double.NaN, 5)),
            ["infinite rate"] = (
                "learningRate", "a number that is at least 0", () => new LinearSchedule(double.PositiveInfinity, 5)),
            ["negative warm-up"] = ("warmupSteps", "at least 0", () => new CosineSchedule(1, 5, warmupSteps: -1)),
            ["warm-up from above"] = ("warmupFactor", "from 0 to 1", () => new CosineSchedule(1, 5, warmupFactor: 1.1)),
            ["warm-up from nowhere"] = (
                "warmupFactor", "from 0 to 1", () => new CosineSchedule(1, 5, warmupFactor: double.NaN)),
            ["step size 0"] = ("stepSize", "at least 1", () => new StepSchedule(1, 0)),
            ["gamma 0"] = ("gamma", "a number greater than 0", () => new StepSchedule(1, 5, gamma: 0)),
            ["milestone 0"] = ("milestones", "at least 1", () => new MultiStepSchedule(1, [5, 0])),
            ["negative gamma"] = ("gamma", "a number greater than 0", () => new MultiStepSchedule(1, [5], gamma: -1)),
            ["infinite gamma"] = (
                "gamma", "a number greater than 0", () => new ExponentialSchedule(1, double.PositiveInfinity)),
            ["linear in no step"] = ("decaySteps", "at least 1", () => new LinearSchedule(1, 0)),
            ["linear above"] = ("finalFactor", "from 0 to 1", () => new LinearSchedule(1, 5, finalFactor: 2)),
            ["polynomial in no step"] = ("decaySteps", "at least 1", () => new PolynomialSchedule(1, 0)),
            ["power 0"] = ("power", "a number greater than 0", () => new PolynomialSchedule(1, 5, power: 0)),
            ["polynomial above"] = ("finalFactor", "from 0 to 1", () => new PolynomialSchedule(1, 5, finalFactor: 2)),
            ["cosine in no step"] = ("decaySteps", "at least 1", () => new CosineSchedule(1, 0)),
            ["cosine below"] = ("finalFactor", "from 0 to 1", () => new CosineSchedule(1, 5, finalFactor: -0.1)),
            ["no period"] = ("firstPeriod", "at least 1", () => new CosineRestartsSchedule(1, 0)),
            ["shrinking periods"] = (
                "periodFactor", "a number that is at least 1", () => new CosineRestartsSchedule(1, 5, 0.9)),
            ["endless period"] = (
                "periodFactor",
                "a number that is at least 1",
                () => new CosineRestartsSchedule(1, 5, double.PositiveInfinity)),
            ["restarts above"] = (
                "finalFactor", "from 0 to 1", () => new CosineRestartsSchedule(1, 5, finalFactor: 1.5)),
            ["cycle of nothing"] = ("totalSteps", "at least 1", () => new OneCycleSchedule(1, 0)),
            ["all rise and more"] = ("warmupFraction", "from 0 to 1", () => new OneCycleSchedule(1, 5, 1.5)),
            ["begin above"] = ("initialFactor", "from 0 to 1", () => new OneCycleSchedule(1, 5, initialFactor: 25)),
            ["end above"] = ("finalFactor", "from 0 to 1", () => new OneCycleSchedule(1, 5, finalFactor: 1e4)),
            ["no half"] = ("halfCycle", "at least 1", () => new CyclicSchedule(1, 0)),
            ["base above"] = ("baseFactor", "from 0 to 1", () => new CyclicSchedule(1, 5, baseFactor: 1.5)),
            ["growing cycle"] = ("gamma", "greater than 0 and at most 1", () => new CyclicSchedule(1, 5, gamma: 1.5)),
            ["factor 1"] = ("factor", "greater than 0 and less than 1", () => new PlateauSchedule(1, factor: 1)),
            ["factor 0"] = ("factor", "greater than 0 and less than 1", () => new PlateauSchedule(1, factor: 0)),
            ["negative patience"] = ("patience", "at least 0", () => new PlateauSchedule(1, patience: -1)),
            ["negative delta"] = (
                "minDelta", "a number that is at least 0", () => new PlateauSchedule(1, minDelta: -1)),
            ["negative cooldown"] = ("cooldown", "at least 0", () => new PlateauSchedule(1, cooldown: -1)),
            ["plateau above"] = ("finalFactor", "from 0 to 1", () => new PlateauSchedule(1, finalFactor: 2)),
        };

    [Theory]
    [MemberData(nameof(Errors))]
    public void NamesAWrongArgument(string name)
    {
        var (argument, expected, make) = Wrong[name];
        var exception = Assert.Throws<ArgumentOutOfRangeException>(argument, make);
        Assert.StartsWith($"{argument} must be {expected}.", exception.Message);
        Assert.NotNull(exception.ActualValue);
    }

    /// <summary>What the run has left after its warm-up is what a loop makes these of.</summary>
    [Fact]
    public void SaysThatTheWarmupIsTooLong()
    {
        Func<long, LearningRateSchedule>[] makers =
        [
            steps => new CosineSchedule(1, steps, warmupSteps: 100),
            steps => new LinearSchedule(1, steps, warmupSteps: 100),
            steps => new PolynomialSchedule(1, steps, warmupSteps: 100),
        ];
        foreach (var make in makers)
        {
            Assert.Equal(0, make(1).At(101));
            foreach (var left in new[] { 0L, -60 })
            {
                var exception = Assert.Throws<ArgumentOutOfRangeException>("decaySteps", () => make(left));
                Assert.StartsWith("decaySteps must be at least 1, on top of the 100 steps of the warm-up.", exception.Message);
                Assert.Contains("make warmupSteps less than the updates of the run, or train for longer", exception.Message);
                Assert.Equal(left, exception.ActualValue);
            }
        }
    }

    [Fact]
    public void RefusesNoMilestones()
    {
        Assert.Throws<ArgumentNullException>("milestones", () => new MultiStepSchedule(1, null!));
        var exception = Assert.Throws<ArgumentException>("milestones", () => new MultiStepSchedule(1, []));
        Assert.StartsWith("milestones must name at least one step.", exception.Message);
    }

    [Fact]
    public void RefusesANegativeStep()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>("step", () => new StepSchedule(1, 1).At(-1));
        Assert.StartsWith("step must be at least 0.", exception.Message);
        Assert.Equal(-1L, exception.ActualValue);
    }

    [Fact]
    public void CountsItsStepsFromTheEndOfTheWarmup()
    {
        var schedule = new StepSchedule(1, stepSize: 2, gamma: 0.5, warmupSteps: 4, warmupFactor: 0);
        Assert.Equal([0, 0.25, 0.5, 0.75, 1, 1, 0.5, 0.5, 0.25], FirstRates(schedule, 9));
        Assert.Equal((1.0, 4L, 0.0), (schedule.LearningRate, schedule.WarmupSteps, schedule.WarmupFactor));
    }

    [Fact]
    public void IgnoresTheListOfMilestonesAfterwards()
    {
        long[] milestones = [3, 1];
        var schedule = new MultiStepSchedule(1, milestones, gamma: 0.5);
        milestones[0] = 2;
        Assert.Equal([1, 0.5, 0.5, 0.25], FirstRates(schedule, 4));
    }

    /// <summary>A training that makes a few steps more than planned must not begin to learn fast again.</summary>
    [Fact]
    public void StaysAtTheEnd()
    {
        LearningRateSchedule[] schedules =
        [
            new LinearSchedule(2, 10, finalFactor: 0.25),
            new PolynomialSchedule(2, 10, power: 2, finalFactor: 0.25),
            new CosineSchedule(2, 10, finalFactor: 0.25),
            new OneCycleSchedule(2, 11, finalFactor: 0.25),
        ];
        long[] steps = [10, 11, 19, 20, 1000, long.MaxValue];
        Assert.All(schedules, schedule => Assert.All(steps, step => Assert.Equal(0.5, schedule.At(step))));
    }

    [Fact]
    public void AnswersForAnyStep()
    {
        LearningRateSchedule[] schedules =
        [
            new StepSchedule(1, 1),
            new MultiStepSchedule(1, [1, long.MaxValue]),
            new ExponentialSchedule(1, 0.5),
            new CosineRestartsSchedule(1, 1, periodFactor: 1.01),
            new CosineRestartsSchedule(1, 3),
            new CyclicSchedule(1, long.MaxValue),
            new CyclicSchedule(1, 3, gamma: 0.5),
            new LinearSchedule(1, long.MaxValue, warmupSteps: long.MaxValue),
        ];
        Assert.All(schedules, schedule => Assert.InRange(schedule.At(long.MaxValue), 0, 1));
    }

    /// <summary>Keras's PolynomialDecay: (initial - end) · (1 - step / decay_steps)^power + end.</summary>
    [Fact]
    public void FallsToAFactorAsKerassPolynomial()
    {
        var schedule = new PolynomialSchedule(0.4, decaySteps: 8, power: 2, finalFactor: 0.25);
        for (var step = 0; step <= 8; step++)
        {
            Assert.Equal(((0.4 - 0.1) * Math.Pow(1 - (step / 8.0), 2)) + 0.1, schedule.At(step), 1e-15);
        }
    }

    /// <summary>Keras's CosineDecayRestarts with t_mul = 1.5: periods from 0 to 4, to 10, to 19.</summary>
    [Fact]
    public void RestartsInPeriodsOfAnyFactor()
    {
        var schedule = new CosineRestartsSchedule(1, firstPeriod: 4, periodFactor: 1.5);
        (int Step, double Done)[] positions = [(0, 0), (3, 0.75), (4, 0), (7, 0.5), (10, 0), (13, 1 / 3.0), (19, 0)];
        Assert.All(positions, position => Assert.Equal(
            0.5 * (1 + Math.Cos(Math.PI * position.Done)), schedule.At(position.Step), 1e-15));
    }

    /// <summary>PyTorch divides by zero where the rise is one step long.</summary>
    [Fact]
    public void RisesInOneStep()
    {
        Assert.Equal([1, 0.5], FirstRates(new OneCycleSchedule(1, 2, warmupFraction: 0.5, finalFactor: 0.5), 2));
        Assert.Equal(1, new OneCycleSchedule(1, 1, warmupFraction: 1).At(0));
        Assert.Equal(0.5, new OneCycleSchedule(1, 1, finalFactor: 0.5).At(0));
    }

    private static IEnumerable<double> FirstRates(LearningRateSchedule schedule, int count) =>
        Enumerable.Range(0, count).Select(step => schedule.At(step));
}
