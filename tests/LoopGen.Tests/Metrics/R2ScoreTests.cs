namespace LoopGen.Tests;

public sealed class R2ScoreTests : IDisposable
{
    private static readonly int[] UnevenSizes = [8, 8, 5];

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    // r2_score(actual, predicted), which averages over the two outputs; r2_score of the first alone. Deviations of 0.5
    // from 100000 are known to ten digits, to scikit-learn too.
    [Fact]
    public void AgreesWithScikitLearn()
    {
        var output = tensor(ReferenceData.Predicted);
        var target = tensor(ReferenceData.Actual);
        Assert.Equal(0.6141387035270198, Over(output, target, UnevenSizes), 10);
        Assert.Equal(0.8409530884793774, Over(output.select(1, 0), target.select(1, 0), UnevenSizes), 12);
        Assert.Equal(0.8409530884793774, Over(output.narrow(1, 0, 1), target.narrow(1, 0, 1), UnevenSizes), 12);
        Assert.Equal(0.6141387035270198, Over(output.reshape(21, 1, 2), target.reshape(21, 1, 2), UnevenSizes), 10);
    }

    [Fact]
    public void BatchesMakeNoDifference()
    {
        var output = tensor(ReferenceData.Predicted);
        var target = tensor(ReferenceData.Actual);
        var whole = Over(output, target, 21);
        Assert.Equal(whole, Over(output, target, [.. Enumerable.Repeat(1, 21)]), 10);
        Assert.Equal(whole, Over(output, target, 20, 1), 10);
    }

    [Fact]
    public void TargetsFarFromZeroKeepTheirDigits()
    {
        // The sum of squares less the square of the sum would give nothing but rounding here.
        var target = arange(6L).to_type(ScalarType.Float64).add(tensor(1e9));
        var output = target.add(tensor(new[] { 0.5, -0.5, 0.5, -0.5, 0.5, -0.5 }));
        Assert.Equal(1 - (1.5 / 17.5), Over(output, target, 4, 2), 12);
    }

    // r2_score([2, 2, 2], [2, 2, 2]) = 1, ([2, 2, 2], [2, 2, 3]) = 0, and the mean of 0 and 1 for both kinds of column.
    [Fact]
    public void EqualTargetsAreOneOrZero()
    {
        Assert.Equal(1, Over(tensor(new[] { 2f, 2f, 2f }), tensor(new[] { 2f, 2f, 2f }), 2, 1));
        Assert.Equal(0, Over(tensor(new[] { 2f, 2f, 3f }), tensor(new[] { 2f, 2f, 2f }), 2, 1));
        Assert.Equal(
            0.5,
            Over(tensor(new[,] { { 2f, 1f }, { 2f, 2f }, { 2.5f, 3f } }), tensor(new[,] { { 2f, 1f }, { 2f, 2f }, { 2f, 3f } }), 2, 1));
    }

    [Fact]
    public void NeedsTwoSamples()
    {
        using var score = new R2Score(CPU);
        Assert.True(double.IsNaN(score.Compute()));
        score.Update(tensor(1f), tensor(2f));
        Assert.True(double.IsNaN(score.Compute()));
        score.Update(zeros(0), zeros(0));
        Assert.True(double.IsNaN(score.Compute()));
        score.Update(tensor(4f), tensor(4f));
        Assert.Equal(0.5, score.Compute());
        Assert.Equal("r2_score", score.Name);
        score.Reset();
        Assert.True(double.IsNaN(score.Compute()));
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void WidensShortTypes(ScalarType type)
    {
        // 1..256 are whole in both types; their squares and sums are not.
        var target = arange(1L, 257L).to_type(type);
        var output = target.roll(1, 0);
        Assert.Equal(1 - ((255.0 + (255 * 255)) / (256 * ((256.0 * 256) - 1) / 12)), Over(output, target, 200, 56), 12);
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        using var score = new R2Score(CPU);
        Assert.Throws<ArgumentException>("target", () => score.Update(zeros(4, 1), zeros(4)));
        score.Update(zeros(4, 2), zeros(4, 2));
        var exception = Assert.Throws<ArgumentException>("output", () => score.Update(zeros(4, 3), zeros(4, 3)));
        Assert.StartsWith("output has 3 outputs per sample, but an earlier batch had 2.", exception.Message);
    }

    private static double Over(Tensor output, Tensor target, params int[] sizes)
    {
        using var score = new R2Score(CPU);
        return ReferenceData.Over(score, output, target, sizes);
    }
}
