namespace LoopGen.Examples.Tests;

/// <summary>Targets that class indices cannot be: refused at the first batch, before anything was learned.</summary>
public abstract class FirstBatchTests(Func<IDigitLoop> create) : DigitTests(create)
{
    public static TheoryData<string, string> WrongTargets => new()
    {
        { "float", "is Float32 (8). Convert it: target.to(torch.int64)." },
        { "int32", "is Int32 (8). Convert it: target.to(torch.int64)." },
        { "one-hot", "is Int64 (8, 10). It looks one-hot, a column per class: take the index of the highest, " },
        { "column", "is Int64 (8, 1). Remove the dimension of size 1: target.squeeze(1)." },
        { "short", "is Int64 (7). Give one class index for every place of the output." },
        { "negative", "class indices 0..9, because output (8, 10) has 10 classes, but holds values from -1 to " },
        { "too high", "to 10." },
    };

    [Theory]
    [MemberData(nameof(WrongTargets))]
    public void FitRefuses(string kind, string words)
    {
        var loop = NewLoop();
        using var optimizer = loop.CreateOptimizer();
        loop.Fit(TrainBatches, optimizer: optimizer);
        AssertRefused(loop, words, () => loop.Fit(WithTargets(kind), optimizer: optimizer));

        // Neither weights nor the optimizer's state were touched: training goes on as if nothing had happened.
        Seed(2);
        loop.Fit(TrainBatches, optimizer: optimizer);

        var undisturbed = NewLoop();
        using var otherOptimizer = undisturbed.CreateOptimizer();
        undisturbed.Fit(TrainBatches, optimizer: otherOptimizer);
        Seed(2);
        undisturbed.Fit(TrainBatches, optimizer: otherOptimizer);
        Assert.Equal(Bits.Of(undisturbed.Model), Bits.Of(loop.Model));
    }

    [Theory]
    [MemberData(nameof(WrongTargets))]
    public void ValidationRefuses(string kind, string words)
    {
        var loop = NewLoop();
        MixModes(loop);
        _ = TrainBatches;
        LiveTensors.AssertNoneLeft(() =>
        {
            var exception = Assert.Throws<ArgumentException>(
                "target", () => loop.Fit(TrainBatches, validationBatches: WithTargets(kind)));
            Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        });
        AssertModesMixed(loop);
    }

    [Theory]
    [MemberData(nameof(WrongTargets))]
    public void EvaluateRefuses(string kind, string words)
    {
        var loop = NewLoop();
        AssertRefused(loop, words, () => loop.Evaluate(WithTargets(kind)), "Validation data: ");
    }

    [Theory]
    [MemberData(nameof(WrongTargets))]
    public void SingleStepsRefuse(string kind, string words)
    {
        var loop = NewLoop();
        using var optimizer = loop.CreateOptimizer();
        var (image, target) = TrainBatches[0];
        using var wrong = Wrong(kind, target);
        AssertRefused(loop, words, () => loop.TrainOnBatch(image, wrong, optimizer));
        AssertRefused(loop, words, () => loop.TestOnBatch(image, wrong));
    }

    private void AssertRefused(IDigitLoop loop, string words, Action use, string where = "")
    {
        MixModes(loop);
        var weights = Bits.Of(loop.Model);
        _ = TrainBatches;
        LiveTensors.AssertNoneLeft(() =>
        {
            var exception = Assert.Throws<ArgumentException>("target", use);
            Assert.StartsWith($"{where}target must hold ", exception.Message, StringComparison.Ordinal);
            Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        });
        Assert.Equal(weights, Bits.Of(loop.Model));
        AssertModesMixed(loop);
    }

    private IEnumerable<(Tensor image, Tensor target)> WithTargets(string kind)
    {
        foreach (var (image, target) in TrainBatches)
        {
            yield return (image, Wrong(kind, target));
        }
    }

    private static Tensor Wrong(string kind, Tensor target) => kind switch
    {
        "float" => target.to(ScalarType.Float32),
        "int32" => target.to(ScalarType.Int32),
        "one-hot" => nn.functional.one_hot(target, 10),
        "column" => target.unsqueeze(1),
        "short" => target.narrow(0, 0, target.size(0) - 1).clone(),
        "negative" => With(target, -1),
        "too high" => With(target, 10),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of targets."),
    };

    /// <summary>The targets with one of them replaced.</summary>
    private static Tensor With(Tensor target, long value)
    {
        var labels = target.data<long>().ToArray();
        labels[1] = value;
        return tensor(labels);
    }

    public sealed class HandWritten() : FirstBatchTests(Loops.HandWritten);

    public sealed class Emitted() : FirstBatchTests(Loops.Emitted);
}
