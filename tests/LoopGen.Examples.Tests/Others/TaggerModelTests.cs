using EmittedSample;

namespace LoopGen.Examples.Tests;

/// <summary>Targets that are left out: averages are over those that are not, however they fall into batches.</summary>
public sealed class TaggerModelTests : IDisposable
{
    private readonly Tensor tokens = tensor(
        new long[,] { { 0, 1, 2 }, { 3, 4, 5 }, { 5, 0, 2 }, { 1, 1, 4 }, { 2, 3, 0 } });

    private readonly Tensor target = tensor(
        new long[,] { { 0, 1, 2 }, { 3, -1, -1 }, { -1, -1, -1 }, { 1, 1, -1 }, { 2, 3, 0 } });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void AveragesOverTheTargetsThatCount(int batchSize)
    {
        using var model = NewModel();
        var scores = model.Evaluate(tokens, target, batchSize, CPU);

        // With batches of one, the third has no target that counts: its mean is NaN, and must not be added.
        using var scope = NewDisposeScope();
        var output = model.call(tokens);
        var expected = nn.functional.cross_entropy(output, target, ignore_index: -1).item<float>();
        Assert.Equal(expected, scores.Loss, 1e-6);
        Assert.Equal(output.argmax(1).eq(target).sum().item<long>() / 9.0, scores.Accuracy, 1e-12);
    }

    [Fact]
    public void Learns()
    {
        using var model = NewModel();
        var history = model.Fit(
            tokens,
            target,
            epochs: 40,
            batchSize: 3,
            shuffle: false,
            device: CPU,
            learningRate: 0.1,
            verbose: Verbosity.Silent);
        Assert.True(history.Last.Loss < history[0].Loss / 2, history.ToString());
        Assert.True(history.Last.Accuracy > history[0].Accuracy, history.ToString());
    }

    [Fact]
    public void LeavesNoTensors()
    {
        using var model = NewModel();
        LiveTensors.AssertNoneLeft(() =>
        {
            model.Fit(
                tokens,
                target,
                epochs: 3,
                batchSize: 2,
                validation: (tokens, target),
                device: CPU,
                verbose: Verbosity.Silent);
            model.Evaluate(tokens, target, device: CPU);
        });
    }

    [Fact]
    public void RefusesOtherNegativeTargets()
    {
        using var model = NewModel();
        using var wrong = target.abs().neg();
        wrong[0, 0] = tensor(-2L);
        var exception = Assert.Throws<ArgumentException>(
            "target", () => model.Fit(tokens, wrong, device: CPU, shuffle: false, verbose: Verbosity.Silent));
        Assert.Contains("targets to leave out, set IgnoreIndex to it.", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        tokens.Dispose();
        target.Dispose();
    }

    private static TaggerModel NewModel()
    {
        DigitTests.Seed(1);
        return new TaggerModel();
    }
}
