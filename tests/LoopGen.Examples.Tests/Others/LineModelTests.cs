using EmittedSample;

namespace LoopGen.Examples.Tests;

/// <summary>Mean squared error under momentum, with two metrics.</summary>
public sealed class LineModelTests : IDisposable
{
    private readonly NumberData data = new(45);

    [Fact]
    public void EqualsAPlainLoopBitForBit()
    {
        var batches = data.InBatches(8);
        using var model = NewModel();
        var history = model.Fit(batches, epochs: 4, batches[..3], CPU, verbose: Verbosity.Silent);

        using var plain = NewModel();
        using var optimizer = optim.SGD(plain.parameters(), 0.05, momentum: 0.9);
        var loop = new PlainLoop(
            plain,
            (output, target) => nn.functional.mse_loss(output, target),
            (output, target) => (output - target).abs().sum(ScalarType.Float64).item<double>());
        var expected = loop.Train(optimizer, batches, epochs: 4, batches[..3]);

        Assert.Equal(
            expected,
            history.SelectMany(
                log => new[] { log.Loss, log.MeanAbsoluteError, log.ValLoss, log.ValMeanAbsoluteError }));
        Assert.Equal(Bits.Of(plain), Bits.Of(model));
        Assert.True(history.Last.Loss < history[0].Loss / 2, history.ToString());

        // The loss is a mean over batches in float32, the metric a sum in float64.
        Assert.Equal(history.Last.Loss, history.Last.MeanSquaredError, 1e-6);
        Assert.Equal(
            ["loss", "mean_absolute_error", "mean_squared_error",
                "val_loss", "val_mean_absolute_error", "val_mean_squared_error"],
            history.Last.Figures.Select(figure => figure.Name));
    }

    [Fact]
    public void GoesOnExactlyWithOneOptimizer()
    {
        var batches = data.InBatches(8);
        using var model = NewModel();
        using var optimizer = model.CreateOptimizer(CPU);
        using (NewDisposeScope())
        {
            model.Fit(batches, device: CPU, optimizer: optimizer, verbose: Verbosity.Silent);
        }

        // Momentum is state: it must have outlived the scope.
        model.Fit(batches, device: CPU, optimizer: optimizer, verbose: Verbosity.Silent);

        using var longer = NewModel();
        longer.Fit(batches, epochs: 2, device: CPU, verbose: Verbosity.Silent);
        Assert.Equal(Bits.Of(longer), Bits.Of(model));
    }

    [Theory]
    [InlineData(
        "flat",
        "is Float32 (8). The two would broadcast to (8, 8), silently, and the loss would mean nothing. "
        + "Add the dimension to the target, target.unsqueeze(1), or take it from the output, squeeze(1).")]
    [InlineData(
        "double",
        "must be of the type of output, Float32, but is Float64 (8, 1). Convert it: target.to(torch.float32).")]
    [InlineData(
        "int64",
        "must hold Float32 numbers of the shape of output (8, 1), but is Int64 (8, 1). "
        + "Convert it: target.to(torch.float32).")]
    public void RefusesTargets(string kind, string words)
    {
        var batches = data.InBatches(8);
        using var model = NewModel();
        model.train();
        var weights = Bits.Of(model);
        AssertRefused(() => model.Fit(Wrong(), device: CPU, verbose: Verbosity.Silent));
        AssertRefused(() => model.Evaluate(Wrong(), CPU));
        AssertRefused(() => model.Fit(batches, validationBatches: Wrong(), device: CPU, verbose: Verbosity.Silent));
        Assert.NotEqual(weights, Bits.Of(model));

        IEnumerable<(Tensor, Tensor)> Wrong() => batches.Select(batch => (batch.features, kind switch
        {
            "flat" => batch.target.squeeze(1),
            "double" => batch.target.to(ScalarType.Float64),
            _ => batch.target.to(ScalarType.Int64),
        }));

        void AssertRefused(Action use)
        {
            LiveTensors.AssertNoneLeft(() =>
            {
                var exception = Assert.Throws<ArgumentException>("target", use);
                Assert.Contains(words, exception.Message, StringComparison.Ordinal);
            });
            Assert.True(model.training);
        }
    }

    [Fact]
    public void AFlatTargetTeachesNothing()
    {
        using var model = NewModel();
        using var optimizer = model.CreateOptimizer(CPU);
        var weights = Bits.Of(model);
        using var flat = data.Target.squeeze(1);
        Assert.Throws<ArgumentException>(
            "target", () => model.Fit(data.Features, flat, device: CPU, verbose: Verbosity.Silent));
        Assert.Throws<ArgumentException>("target", () => model.TrainOnBatch(data.Features, flat, optimizer, CPU));
        Assert.Equal(weights, Bits.Of(model));
    }

    public void Dispose() => data.Dispose();

    private static LineModel NewModel()
    {
        DigitTests.Seed(1);
        return new LineModel();
    }
}
