namespace LoopGen.Tests;

/// <summary>Another schedule than that of the checkpoint is noticed; the one with a state goes on.</summary>
public sealed class ScheduleStateTests
{
    /// <summary>Of each schedule one, and the same with every argument another.</summary>
    private static readonly LearningRateSchedule[][] Schedules =
    [
        [
            new StepSchedule(0.1, 30), new StepSchedule(0.2, 30), new StepSchedule(0.1, 31), new StepSchedule(0.1, 30, 0.5),
            new StepSchedule(0.1, 30, warmupSteps: 3), new StepSchedule(0.1, 30, warmupSteps: 3, warmupFactor: 0.5),
            new StepSchedule(0.1, 20_000_000), new StepSchedule(0.1, 30_000_000),
        ],
        [
            // None of these differ at a round step.
            new MultiStepSchedule(0.1, [30, 80]), new MultiStepSchedule(0.1, [30, 90]), new MultiStepSchedule(0.1, [30]),
            new MultiStepSchedule(0.1, [30, 80, 80]), new MultiStepSchedule(0.1, [30, 80], gamma: 0.5),
        ],
        [new ExponentialSchedule(0.1, 0.99), new ExponentialSchedule(0.1, double.BitIncrement(0.99)), new ExponentialSchedule(0.1, 1)],
        [new LinearSchedule(0.1, 100), new LinearSchedule(0.1, 101), new LinearSchedule(0.1, 100, 0.5)],
        [new PolynomialSchedule(0.1, 100), new PolynomialSchedule(0.1, 101), new PolynomialSchedule(0.1, 100, 2), new PolynomialSchedule(0.1, 100, 1, 0.5)],
        [new CosineSchedule(0.1, 100), new CosineSchedule(0.1, 101), new CosineSchedule(0.1, 100, 0.5)],
        [new CosineRestartsSchedule(0.1, 100), new CosineRestartsSchedule(0.1, 101), new CosineRestartsSchedule(0.1, 100, 2)],
        [new CyclicSchedule(0.1, 100), new CyclicSchedule(0.1, 101), new CyclicSchedule(0.1, 100, 0.2), new CyclicSchedule(0.1, 100, 0.1, 0.9)],
        [
            new OneCycleSchedule(0.1, 100), new OneCycleSchedule(0.1, 101), new OneCycleSchedule(0.1, 100, 0.31),
            new OneCycleSchedule(0.1, 100, 0.3, 0.1), new OneCycleSchedule(0.1, 100, 0.3, 0.04, 0.01),
        ],
        [
            new PlateauSchedule(0.1), new PlateauSchedule(0.1, 0.2), new PlateauSchedule(0.1, patience: 3), new PlateauSchedule(0.1, minDelta: 0.1),
            new PlateauSchedule(0.1, cooldown: 1), new PlateauSchedule(0.1, finalFactor: 0.1), new PlateauSchedule(0.1, isHigherBetter: true),
            new PlateauSchedule(0.1, warmupSteps: 2),
        ],
        [new Own(0.1, 2), new Own(0.1, 3), new Own(0.2, 2)],
    ];

    [Fact]
    public void AllSchedulesAreTried() => Assert.Empty(
        typeof(LearningRateSchedule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LearningRateSchedule)))
            .Except(Schedules.Select(variants => variants[0].GetType())));

    [Fact]
    public void EveryOtherArgumentIsNoticed()
    {
        foreach (var variants in Schedules)
        {
            foreach (var (index, from) in variants.Index())
            {
                foreach (var (other, to) in variants.Index())
                {
                    var problems = StateFile.Move(from, to);
                    Assert.True(index == other == (problems.Count == 0), $"{from.GetType().Name} {index} and {other}: {string.Join("; ", problems)}");
                }
            }
        }
    }

    [Fact]
    public void AnotherScheduleIsNamedOnce()
    {
        foreach (var from in Schedules.Select(variants => variants[0]))
        {
            foreach (var to in Schedules.Select(variants => variants[0]).Where(to => to != from))
            {
                Assert.Equal([$"part.type is \"{to.GetType().Name}\" here, but \"{from.GetType().Name}\" in the file"], StateFile.Move(from, to));
            }
        }
    }

    [Fact]
    public void TheArgumentThatDiffersIsNamed() => Assert.Equal(
        ["part.decay_steps is \"200\" here, but \"100\" in the file"], StateFile.Move(new CosineSchedule(0.1, 100), new CosineSchedule(0.1, 200)));

    [Fact]
    public void APlateauGoesOnFromEveryEpoch()
    {
        var random = new Random(2);
        for (var round = 0; round < 5; round++)
        {
            var (isHigherBetter, cooldown) = (round % 2 == 0, round % 3);
            var values = Enumerable.Range(0, 25).Select(_ => random.Next(10) == 0 ? double.NaN : random.NextDouble()).ToArray();
            for (var saved = 0; saved < values.Length; saved += 3)
            {
                var whole = New();
                var second = New();
                second.Update(0.5);
                for (var epoch = 0; epoch < values.Length; epoch++)
                {
                    if (epoch == saved)
                    {
                        Assert.Empty(StateFile.Move(whole, second));
                    }

                    whole.Update(values[epoch]);
                    if (epoch >= saved)
                    {
                        second.Update(values[epoch]);
                        Assert.Equal(whole.At(100), second.At(100));
                    }
                }

                Assert.InRange(whole.At(100), 0, 0.05);
            }

            PlateauSchedule New() => new(0.1, 0.5, patience: 2, minDelta: 0.01, cooldown, isHigherBetter: isHigherBetter);
        }
    }

    /// <summary>One of a user's, of which nothing but its learning rates is known.</summary>
    private sealed class Own(double learningRate, int power) : LearningRateSchedule(learningRate, 0, 0)
    {
        protected override double AfterWarmup(long step) => LearningRate / Math.Pow(1 + step, power);
    }
}
