namespace LoopGen.Tests;

public sealed class EarlyStoppingTests
{
    [Fact]
    public void EndsWithThePatiencethEpochWithoutAnImprovement()
    {
        var rule = new EarlyStopping("val_loss", patience: 2);

        Assert.True(rule.Update(1.0));
        Assert.True(rule.Update(0.5));
        Assert.False(rule.Update(0.5));
        Assert.False(rule.IsExhausted);
        Assert.False(rule.Update(0.75));

        Assert.True(rule.IsExhausted);
        Assert.Equal("val_loss has not improved for 2 epochs; the best was 0.5 in epoch 2", rule.Reason);
        Assert.Equal(0.5, rule.Best);
        Assert.Equal(2, rule.BestEpoch);
        Assert.Equal(4, rule.Epochs);
    }

    [Fact]
    public void CountsAnewAfterAnImprovement()
    {
        var rule = new EarlyStopping("val_accuracy", patience: 2, minDelta: 0.1, isHigherBetter: true);

        Assert.True(rule.Update(0.5));
        Assert.False(rule.Update(0.59));
        Assert.True(rule.Update(0.7));
        Assert.False(rule.Update(0.7));
        Assert.False(rule.IsExhausted);
        Assert.False(rule.Update(0.75));
        Assert.True(rule.IsExhausted);
    }

    /// <summary>
    /// Keras's rule, written down from keras/src/callbacks/early_stopping.py (version 3) and not from ours, over random
    /// sequences.
    /// </summary>
    [Fact]
    public void FollowsKeras()
    {
        var random = new Random(7);
        var ends = 0;
        for (var sequence = 0; sequence < 5_000; sequence++)
        {
            var patience = random.Next(1, 5);
            var minDelta = random.Next(3) * 0.05;
            var isHigherBetter = random.Next(2) == 1;
            double? baseline = random.Next(2) == 1 ? random.Next(10) / 10.0 : null;
            var startFromEpoch = random.Next(3);
            var rule = new EarlyStopping("figure", patience, minDelta, isHigherBetter, baseline, startFromEpoch);

            var wait = 0;
            double? best = null;
            for (var epoch = 0; epoch < 20; epoch++)
            {
                // Few values, so that equal ones come often.
                var current = random.Next(10) / 10.0;
                var isBest = rule.Update(current);
                var kerasIsBest = false;
                var kerasStops = false;
                if (epoch >= startFromEpoch)
                {
                    wait++;
                    if (best is null || IsImprovement(current, best.Value))
                    {
                        kerasIsBest = true;
                        best = current;
                        if (baseline is null || IsImprovement(current, baseline.Value))
                        {
                            wait = 0;
                        }
                    }
                    else
                    {
                        kerasStops = wait >= patience && epoch > 0;
                    }
                }

                Assert.Equal(kerasIsBest, isBest);
                Assert.Equal(best, rule.Best);
                Assert.Equal(kerasStops, rule.IsExhausted);
                if (kerasStops)
                {
                    ends++;
                    break;
                }

                bool IsImprovement(double value, double reference) =>
                    isHigherBetter ? value - minDelta > reference : value + minDelta < reference;
            }
        }

        Assert.InRange(ends, 1_000, 5_000);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void EndsWithAFigureThatIsNotFinite(double figure, string text)
    {
        var rule = new EarlyStopping("val_loss", warmupEpochs: 5);

        Assert.False(rule.Update(0.5));
        Assert.False(rule.Update(figure));
        Assert.StartsWith($"val_loss was {text} in epoch 2", rule.Reason);
        Assert.Equal(double.IsNaN(figure), rule.Reason!.Contains("batch normalisation"));
        Assert.Null(rule.Best);
    }

    [Fact]
    public void EndsAtItsGoalWhichIsTheBest()
    {
        var rule = new EarlyStopping("val_loss", stoppingThreshold: 0.1);

        Assert.True(rule.Update(0.2));
        Assert.True(rule.Update(0.1));
        Assert.Equal("val_loss reached 0.1 with 0.1 in epoch 2", rule.Reason);
        Assert.Equal(2, rule.BestEpoch);
    }

    [Fact]
    public void EndsBeyondItsLimit()
    {
        var rule = new EarlyStopping("val_accuracy", isHigherBetter: true, divergenceThreshold: 0.3);

        Assert.True(rule.Update(0.3));
        Assert.False(rule.IsExhausted);
        Assert.False(rule.Update(0.25));
        Assert.Equal("val_accuracy was 0.25 in epoch 2, which is worse than 0.3", rule.Reason);
    }

    [Fact]
    public void JudgesNothingWhileItWarmsUp()
    {
        var rule = new EarlyStopping("val_loss", patience: 1, warmupEpochs: 2, divergenceThreshold: 3);

        Assert.False(rule.Update(0.1));
        Assert.False(rule.Update(9));
        Assert.False(rule.IsExhausted);
        Assert.True(rule.Update(2));
        Assert.Equal(3, rule.BestEpoch);
    }

    [Fact]
    public void KeepsItsFirstReason()
    {
        var rule = new EarlyStopping("val_loss", patience: 1);
        rule.Update(1);
        rule.Update(2);
        var reason = rule.Reason;

        rule.Update(double.NaN);

        Assert.Equal(reason, rule.Reason);
        Assert.Contains("for 1 epoch;", reason);
    }

    [Fact]
    public void RefusesWhatCannotBe()
    {
        Assert.Throws<ArgumentException>("monitor", () => new EarlyStopping(" "));
        Assert.Throws<ArgumentOutOfRangeException>("patience", () => new EarlyStopping("loss", patience: 0));
        Assert.Throws<ArgumentOutOfRangeException>("minDelta", () => new EarlyStopping("loss", minDelta: -1));
        Assert.Throws<ArgumentOutOfRangeException>("minDelta", () => new EarlyStopping("loss", minDelta: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("baseline", () => new EarlyStopping("loss", baseline: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("warmupEpochs", () => new EarlyStopping("loss", warmupEpochs: -1));
        Assert.Throws<ArgumentOutOfRangeException>("stoppingThreshold", () => new EarlyStopping("loss", stoppingThreshold: double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("divergenceThreshold", () => new EarlyStopping("loss", divergenceThreshold: double.NaN));
    }
}
