namespace LoopGen.Tests;

/// <summary>
/// The plateau schedule against the rules of Keras 3's ReduceLROnPlateau (keras/src/callbacks/reduce_lr_on_plateau.py):
/// traces made by hand, and a transcription of its <c>on_epoch_end</c>.
/// </summary>
public sealed class PlateauScheduleTests
{
    [Fact]
    public void FallsAtTheEpochWherePatienceEnds()
    {
        var schedule = new PlateauSchedule(1.0, factor: 0.5, patience: 2, minDelta: 0);

        // Best; best; without 1; without 2: falls; without 1; best; without 1; without 2: falls.
        AssertRates(schedule, [(3, 1), (2, 1), (2, 1), (2, 0.5), (2, 0.5), (1, 0.5), (1, 0.5), (5, 0.25)]);
    }

    [Fact]
    public void AsksForMoreThanTheDelta()
    {
        var schedule = new PlateauSchedule(1.0, factor: 0.5, patience: 2, minDelta: 0.5);

        // 3 - 0.5 is not less than 2.5: strict. The best stays 3, so 2.25 is better by more.
        AssertRates(schedule, [(3, 1), (2.5, 1), (2.25, 1), (2, 1), (1.75, 0.5), (1, 0.5)]);
    }

    [Fact]
    public void TakesHigherForBetterWhereAsked()
    {
        var schedule = new PlateauSchedule(1.0, factor: 0.5, patience: 1, minDelta: 0.125, isHigherBetter: true);
        AssertRates(schedule, [(0.25, 1), (0.5, 1), (0.625, 0.5), (0.75, 0.5), (0.5, 0.25)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void FallsAtOnceWithoutPatience(int patience)
    {
        var schedule = new PlateauSchedule(1.0, factor: 0.5, patience: patience);
        AssertRates(schedule, [(1, 1), (1, 0.5), (1, 0.25), (0, 0.25), (0, 0.125)]);
    }

    [Fact]
    public void CountsAgainAtTheLastEpochOfACooldown()
    {
        var schedule = new PlateauSchedule(1.0, factor: 0.5, patience: 2, cooldown: 3);

        // Falls at the third; then three epochs of cooldown, the last of which counts 1, and the next counts 2.
        AssertRates(schedule, [(1, 1), (1, 1), (1, 0.5), (1, 0.5), (1, 0.5), (1, 0.5), (1, 0.25)]);
    }

    [Fact]
    public void RemembersABestOfACooldown()
    {
        var schedule = new PlateauSchedule(1.0, factor: 0.5, patience: 1, cooldown: 2);
        AssertRates(schedule, [(4, 1), (4, 0.5), (2, 0.5), (3, 0.25)]);
    }

    [Fact]
    public void StopsAtItsFloor()
    {
        var schedule = new PlateauSchedule(2.0, factor: 0.1, patience: 1, finalFactor: 0.05);
        AssertRates(schedule, [(1, 2), (1, 0.2), (1, 0.1), (1, 0.1), (1, 0.1)]);
    }

    [Fact]
    public void TakesNoNumberForNoImprovement()
    {
        // As the first of all, too, where Keras would keep it as a best that nothing is better than.
        var schedule = new PlateauSchedule(1.0, factor: 0.5, patience: 2);
        const double nan = double.NaN;
        AssertRates(schedule, [(nan, 1), (3, 1), (nan, 1), (nan, 0.5), (2, 0.5), (3, 0.5), (3, 0.25)]);
    }

    [Fact]
    public void KeepsTheWarmup()
    {
        var schedule = new PlateauSchedule(1.0, factor: 0.5, patience: 1, warmupSteps: 4, warmupFactor: 0.5);
        schedule.Update(1);
        schedule.Update(1);
        Assert.Equal([0.5, 0.625, 0.75, 0.875, 0.5, 0.5], Enumerable.Range(0, 6).Select(step => schedule.At(step)));
    }

    [Theory]
    [InlineData(3, 0, 0.0, false)]
    [InlineData(1, 2, 0.0, false)]
    [InlineData(4, 3, 0.05, true)]
    [InlineData(2, 1, 0.1, true)]
    [InlineData(0, 5, 0.01, false)]
    public void FollowsKerasOverManyEpochs(int patience, int cooldown, double minDelta, bool isHigherBetter)
    {
        var schedule = new PlateauSchedule(
            1.0, factor: 0.9, patience, minDelta, cooldown, finalFactor: 1e-3, isHigherBetter);
        var keras = new Keras(0.9, patience, minDelta, cooldown, 1e-3, isHigherBetter);
        var random = new Random(5);
        var changes = 0;
        for (var epoch = 0; epoch < 400; epoch++)
        {
            // Slowly better, with much noise.
            var trend = 1 - Math.Exp(-epoch / 100.0);
            var value = (isHigherBetter ? trend : -trend) + (0.3 * random.NextDouble());
            var before = keras.LearningRate;
            keras.OnEpochEnd(value);
            changes += before == keras.LearningRate ? 0 : 1;
            schedule.Update(value);
            Assert.Equal(keras.LearningRate, schedule.At(epoch));
        }

        Assert.True(changes > 5);
    }

    private static void AssertRates(PlateauSchedule schedule, (double Figure, double Rate)[] epochs)
    {
        foreach (var (figure, rate) in epochs)
        {
            schedule.Update(figure);
            Assert.Equal(rate, schedule.At(7), 15);
        }
    }

    /// <summary>Line by line what Keras does, with its names.</summary>
    private sealed class Keras(
        double factor, int patience, double minDelta, int cooldown, double minLr, bool isHigherBetter)
    {
        private double best = isHigherBetter ? double.NegativeInfinity : double.PositiveInfinity;
        private int cooldownCounter;
        private int wait;

        public double LearningRate { get; private set; } = 1;

        private bool InCooldown => cooldownCounter > 0;

        public void OnEpochEnd(double current)
        {
            if (InCooldown)
            {
                cooldownCounter -= 1;
                wait = 0;
            }

            if (isHigherBetter ? current > best + minDelta : current < best - minDelta)
            {
                best = current;
                wait = 0;
            }
            else if (!InCooldown)
            {
                wait += 1;
                if (wait >= patience)
                {
                    var oldLr = LearningRate;
                    if (oldLr > minLr)
                    {
                        LearningRate = Math.Max(oldLr * factor, minLr);
                        cooldownCounter = cooldown;
                        wait = 0;
                    }
                }
            }
        }
    }
}
