using EmittedSample;

namespace LoopGen.Examples.Tests;

/// <summary>Binary cross-entropy on logits, with the accuracy that goes with it.</summary>
public sealed class YesNoModelTests : IDisposable
{
    private readonly NumberData data = new(45);

    [Fact]
    public void EqualsAPlainLoopBitForBit()
    {
        var batches = data.InBatches(8, isYesNo: true);
        using var model = NewModel();
        var history = model.Fit(batches, epochs: 10, batches[..3], CPU, verbose: Verbosity.Silent);

        using var plain = NewModel();
        using var optimizer = optim.Adam(plain.parameters(), 0.05);
        using var half = 0.5.ToScalar();
        var loop = new PlainLoop(
            plain,
            (output, target) => nn.functional.binary_cross_entropy_with_logits(output, target),
            (output, target) => output.sigmoid().gt(half).eq(target.gt(half)).sum().item<long>());
        var expected = loop.Train(optimizer, batches, epochs: 10, batches[..3]);

        Assert.Equal(expected, Training.Of(history).AllFigures());
        Assert.Equal(Bits.Of(plain), Bits.Of(model));
        Assert.True(history.Last.Accuracy > 0.85, history.ToString());
    }

    [Theory]
    [InlineData(
        "flat",
        "The two would broadcast to (8, 8), silently, and the loss would mean nothing. "
        + "Add the dimension to the target, target.unsqueeze(1)")]
    [InlineData("twice", "target must hold probabilities, 0 to 1, but holds values from 0 to 2.")]
    [InlineData("signs", "Labels -1 and 1 become 0 and 1 by (target + 1) / 2")]
    [InlineData("int64", "is Int64 (8, 1). Convert it: target.to(torch.float32).")]
    public void RefusesTargets(string kind, string words)
    {
        var batches = data.InBatches(8, isYesNo: true);
        using var model = NewModel();
        model.train();
        var weights = Bits.Of(model);
        LiveTensors.AssertNoneLeft(() =>
        {
            foreach (var use in new Action[]
            {
                () => model.Fit(Wrong(), device: CPU, verbose: Verbosity.Silent),
                () => model.Evaluate(Wrong(), CPU),
            })
            {
                var exception = Assert.Throws<ArgumentException>("target", use);
                Assert.Contains(words, exception.Message, StringComparison.Ordinal);
                Assert.True(model.training);
            }
        });
        Assert.Equal(weights, Bits.Of(model));

        IEnumerable<(Tensor, Tensor)> Wrong() => batches.Select(batch => (batch.features, kind switch
        {
            "flat" => batch.target.squeeze(1),
            "twice" => batch.target.add(batch.target),
            "signs" => batch.target.add(batch.target).sub(ones_like(batch.target)),
            _ => batch.target.to(ScalarType.Int64),
        }));
    }

    public void Dispose() => data.Dispose();

    private static YesNoModel NewModel()
    {
        DigitTests.Seed(1);
        return new YesNoModel();
    }
}
