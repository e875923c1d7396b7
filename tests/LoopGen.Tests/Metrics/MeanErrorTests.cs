namespace LoopGen.Tests;

public sealed class MeanErrorTests
{
    [Fact]
    public void AgreesWithALoopOverElements()
    {
        var random = new Random(3);
        using var squared = new MeanSquaredError(CPU);
        using var absolute = new MeanAbsoluteError(CPU);
        double squares = 0;
        double magnitudes = 0;
        var count = 0;
        foreach (var size in new[] { 13, 13, 6 })
        {
            var outputs = new double[size, 2];
            var targets = new double[size, 2];
            for (var sample = 0; sample < size; sample++)
            {
                for (var column = 0; column < 2; column++)
                {
                    outputs[sample, column] = (random.NextDouble() * 8) - 4;
                    targets[sample, column] = (random.NextDouble() * 8) - 4;
                    var error = outputs[sample, column] - targets[sample, column];
                    squares += error * error;
                    magnitudes += Math.Abs(error);
                    count++;
                }
            }

            using var output = tensor(outputs);
            using var target = tensor(targets);
            squared.Update(output, target);
            absolute.Update(output, target);
        }

        Assert.Equal(squares / count, squared.Compute(), 12);
        Assert.Equal(magnitudes / count, absolute.Compute(), 12);
        Assert.Equal("mean_squared_error", squared.Name);
        Assert.Equal("mean_absolute_error", absolute.Name);
    }

    [Fact]
    public void AgreesWithNumbersWorkedOutByHand()
    {
        // Errors 1, -2, 0.5, 0 and, in a batch of one, 3: squares sum to 14.25, magnitudes to 6.5.
        using var squared = new MeanSquaredError(CPU);
        using var absolute = new MeanAbsoluteError(CPU);
        using var output = tensor(new[] { 2f, 0f, 1.5f, 7f });
        using var target = tensor(new[] { 1f, 2f, 1f, 7f });
        using var lastOutput = tensor(new[] { 3f });
        using var lastTarget = tensor(new[] { 0f });
        squared.Update(output, target);
        squared.Update(lastOutput, lastTarget);
        absolute.Update(output, target);
        absolute.Update(lastOutput, lastTarget);
        Assert.Equal(14.25 / 5, squared.Compute(), 12);
        Assert.Equal(6.5 / 5, absolute.Compute(), 12);

        squared.Reset();
        absolute.Reset();
        Assert.True(double.IsNaN(squared.Compute()));
        Assert.True(double.IsNaN(absolute.Compute()));
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void WidensShortTypes(ScalarType type)
    {
        // 300 squared is 90000, beyond float16's 65504; 512 errors of 1 do not fit a bfloat16 sum.
        using var squared = new MeanSquaredError(CPU);
        using var large = full(1, 300.0, dtype: type);
        using var none = zeros(1, dtype: type);
        squared.Update(large, none);
        using var small = ones(511, dtype: type);
        using var noneEither = zeros(511, dtype: type);
        squared.Update(small, noneEither);
        Assert.Equal((90000.0 + 511) / 512, squared.Compute(), 10);
    }

    [Fact]
    public void SumsInFloat64()
    {
        // 2^24 + 1 is not a float32.
        using var absolute = new MeanAbsoluteError(CPU);
        using var output = tensor(new[] { 16777216f, 1f });
        using var target = zeros(2);
        absolute.Update(output, target);
        Assert.Equal(16777217.0 / 2, absolute.Compute());
    }

    [Fact]
    public void RefusesATargetThatWouldBroadcast()
    {
        using var squared = new MeanSquaredError(CPU);
        using var absolute = new MeanAbsoluteError(CPU);
        using var output = zeros(4, 1);
        using var target = zeros(4);
        Assert.Throws<ArgumentException>("target", () => squared.Update(output, target));
        Assert.Throws<ArgumentException>("target", () => absolute.Update(output, target));
        Assert.Throws<ArgumentNullException>("output", () => absolute.Update(null!, target));
        Assert.Throws<ArgumentNullException>("target", () => absolute.Update(output, null!));
    }
}
