namespace LoopGen.Tests;

/// <summary>Losses that ask something of the output too: probabilities, or their logarithms.</summary>
public sealed class FirstBatchOutputTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(-0.5f, 1.5f, "-0.5 to 1.5")]
    [InlineData(0f, 1.0009766f, "0 to 1.0009765625")]
    [InlineData(0f, float.NaN, "NaN to NaN")]
    public void OutputsThatAreNoProbabilities(float first, float second, string range)
    {
        var output = tensor(new[] { first, second });
        var target = tensor(new[] { 0f, 1f });
        var exception = Assert.Throws<ArgumentException>("output", () => new FirstBatch().CheckProbabilities(output, target));
        Assert.Equal(
            $"output must hold probabilities, 0 to 1, but holds values from {range}. "
            + "Logits need Loss.BCEWithLogits in place of Loss.BCE, or a sigmoid at the end of forward. (Parameter 'output')",
            exception.Message);
    }

    [Fact]
    public void ProbabilitiesAtTheEndsOfTheirRange()
    {
        new FirstBatch().CheckProbabilities(tensor(new[] { 0f, 1f }), tensor(new[] { 1f, 0f }));
        new FirstBatch().CheckProbabilities(zeros(0, 1), zeros(0, 1));
    }

    [Fact]
    public void TargetsOfProbabilitiesAreCheckedToo()
    {
        var output = rand(4, 1);
        var target = rand(4);
        var shape = Assert.Throws<ArgumentException>("target", () => new FirstBatch().CheckProbabilities(output, target));
        Assert.Contains("would broadcast to (4, 4)", shape.Message);
        target = full(4, 1, -1f);
        var values = Assert.Throws<ArgumentException>("target", () => new FirstBatch().CheckProbabilities(output, target));
        Assert.Contains("target must hold probabilities", values.Message);
    }

    [Theory]
    [InlineData(-3f, 2f, "-3 to 2", "Scores need a log_softmax(1) at the end of forward, or Loss.CrossEntropy in place of Loss.NLL.")]
    [InlineData(0.25f, 0.75f, "0.25 to 0.75", "Probabilities need a log_softmax(1) at the end of forward in place of the softmax.")]
    [InlineData(-1f, float.NaN, "NaN to NaN", "Scores need a log_softmax(1) at the end of forward, or Loss.CrossEntropy in place of Loss.NLL.")]
    public void OutputsThatAreNoLogProbabilities(float first, float second, string range, string advice)
    {
        var output = tensor(new[,] { { first, second } });
        var target = tensor(new[] { 1L });
        var exception = Assert.Throws<ArgumentException>("output", () => new FirstBatch().CheckLogProbabilities(output, target));
        Assert.Equal(
            $"output must hold log-probabilities, at most 0, but holds values from {range}. {advice} (Parameter 'output')",
            exception.Message);
    }

    [Fact]
    public void LogProbabilitiesMayBeMinusInfinityAndRounded()
    {
        var target = tensor(new[] { 1L });
        new FirstBatch().CheckLogProbabilities(tensor(new[,] { { float.NegativeInfinity, 0f } }), target);
        new FirstBatch().CheckLogProbabilities(tensor(new[,] { { -9f, 1e-6f } }), target);
        new FirstBatch().CheckLogProbabilities(rand(8, 3, 2).log_softmax(1), zeros(8, 2, dtype: int64));
        new FirstBatch().CheckLogProbabilities(zeros(0, 3), zeros(0, dtype: int64));
    }

    [Fact]
    public void TargetsOfLogProbabilitiesAreCheckedToo()
    {
        var output = zeros(4, 3);
        var target = full(4, 3L, dtype: int64);
        var exception = Assert.Throws<ArgumentException>("target", () => new FirstBatch().CheckLogProbabilities(output, target));
        Assert.Contains("target must hold class indices 0..2", exception.Message);
    }

    [Fact]
    public void LaterBatchesAreNotLookedAt()
    {
        var checks = new FirstBatch();
        var output = zeros(4, 3);
        var target = zeros(4, dtype: int64);
        checks.CheckLogProbabilities(output, target);
        output.fill_(5f);
        checks.CheckLogProbabilities(output, target);

        var other = rand(4);
        var truth = rand(4);
        checks.CheckProbabilities(other, truth);
        other.fill_(5f);
        checks.CheckProbabilities(other, truth);
    }
}
