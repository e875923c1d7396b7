using TextSample;

namespace LoopGen.Examples.Tests;

/// <summary>The large example, as far as the library goes: most blocks together, one loss and one hit per character.</summary>
public sealed class CharGptTests : IDisposable
{
    private const string Text = "the cat sat on the mat and the rat sat on the cat. ";
    private const int Length = 8;

    private readonly List<(Tensor tokens, Tensor target)> trainBatches;
    private readonly List<(Tensor tokens, Tensor target)> validationBatches;

    public CharGptTests()
    {
        trainBatches = Batches(firstSample: 0, sampleCount: 22, batchSize: 4);
        validationBatches = Batches(firstSample: 22, sampleCount: 7, batchSize: 4);
    }

    private static long VocabularySize => Text.Distinct().Count();

    [Fact]
    public void LearnsTheText()
    {
        using var model = NewModel();
        var history = model.Fit(
            trainBatches, epochs: 60, validationBatches, CPU, learningRate: 0.02, verbose: Verbosity.Silent);
        Assert.InRange(history.Count, 10, 60);
        Assert.True(history.Last.Loss < history[0].Loss / 2, history.ToString());
        Assert.True(history.Max(log => log.ValAccuracy) > 0.5, history.ToString());

        // What it is left with is its best epoch.
        var scores = model.Evaluate(validationBatches, CPU);
        Assert.Equal(history.Min(log => log.ValLoss), scores.Loss);
        Assert.False(model.training);
    }

    [Fact]
    public void EqualsAPlainLoopBitForBit()
    {
        using var model = NewModel();
        var history = model.Fit(
            trainBatches, epochs: 60, validationBatches, CPU, learningRate: 0.05, verbose: Verbosity.Silent);

        using var plain = NewModel();
        var expected = new PlainTextLoop(plain, learningRate: 0.05).Train(trainBatches, epochs: 60, validationBatches);
        Assert.Equal(expected, Training.Of(history).AllFigures());
        Assert.Equal(Bits.Of(plain), Bits.Of(model));

        // So fast a training overshoots: the rule for stopping took part.
        Assert.True(history.Count < 60, history.ToString());
        Assert.StartsWith("val_loss has not improved for 3 epochs", history.StopReason, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesToTrainWithoutValidationData()
    {
        using var model = NewModel();
        var weights = Bits.Of(model);

        var exception = Assert.Throws<ArgumentNullException>(() => model.Fit(trainBatches, device: CPU, verbose: Verbosity.Silent));
        Assert.StartsWith("[EarlyStopping] watches val_loss: give Fit validation data", exception.Message, StringComparison.Ordinal);
        Assert.Equal(weights, Bits.Of(model));
    }

    [Fact]
    public void AveragesOverCharacters()
    {
        using var model = NewModel();
        var scores = model.Evaluate(validationBatches, CPU);

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        model.eval();
        var output = model.call(cat([.. validationBatches.Select(batch => batch.tokens)]));
        var target = cat([.. validationBatches.Select(batch => batch.target)]);
        Assert.Equal(nn.functional.cross_entropy(output, target).item<float>(), scores.Loss, 1e-6);
        Assert.Equal(output.argmax(1).eq(target).sum().item<long>() / 56.0, scores.Accuracy);
    }

    [Fact]
    public void SeesNothingOfTheFuture()
    {
        using var model = NewModel();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        model.eval();
        var whole = model.call(trainBatches[0].tokens);
        var start = model.call(trainBatches[0].tokens.narrow(1, 0, 3));
        Assert.True(allclose(whole.narrow(2, 0, 3), start, atol: 1e-6));
    }

    [Fact]
    public void DoesNotReportHalfAnEpoch()
    {
        using var model = NewModel();
        var observer = new Observer { AtBatchEnd = (run, batch) => StopIf(run, run.Epoch == 2 && batch == 2) };
        var history = model.Fit(
            trainBatches, epochs: 3, validationBatches, CPU, verbose: Verbosity.Silent, callbacks: [observer]);
        Assert.Single(history);
        Assert.Equal("enough", history.StopReason);
        Assert.False(model.training);
    }

    [Fact]
    public void RefusesTargetsThatAreNoCharacters()
    {
        using var model = NewModel();
        model.train();
        var weights = Bits.Of(model);
        LiveTensors.AssertNoneLeft(() =>
        {
            var exception = Assert.Throws<ArgumentException>(
                "target", () => model.Fit(Flat(), 1, validationBatches, CPU, verbose: Verbosity.Silent));
            Assert.StartsWith(
                $"target must hold int64 class indices of shape (4, 8) to match output (4, {VocabularySize}, 8), "
                + "but is Int64 (32).",
                exception.Message,
                StringComparison.Ordinal);
        });
        Assert.Equal(weights, Bits.Of(model));
        Assert.True(model.training);

        IEnumerable<(Tensor, Tensor)> Flat() => trainBatches.Select(batch => (batch.tokens, batch.target.flatten()));
    }

    [Fact]
    public void LeavesNoTensors()
    {
        using var model = NewModel();
        using (var scope = NewDisposeScope())
        {
            LiveTensors.AssertNoneLeft(
                () => model.Fit(Fresh(), epochs: 2, Fresh(), CPU, verbose: Verbosity.Silent));
            Assert.Equal(0, scope.DisposablesCount);
        }

        Assert.Single(model.Fit(trainBatches, 1, validationBatches, CPU, verbose: Verbosity.Silent));

        IEnumerable<(Tensor, Tensor)> Fresh() =>
            trainBatches.Select(batch => (batch.tokens.clone(), batch.target.clone()));
    }

    public void Dispose()
    {
        foreach (var (tokens, target) in trainBatches.Concat(validationBatches))
        {
            tokens.Dispose();
            target.Dispose();
        }
    }

    private static CharGpt NewModel()
    {
        DigitTests.Seed(1);
        return new CharGpt(VocabularySize, contextLength: Length);
    }

    private static void StopIf(TrainingRun run, bool condition)
    {
        if (condition)
        {
            run.Stop("enough");
        }
    }

    /// <summary>Sample i begins at character i; its targets are one character further on.</summary>
    private static List<(Tensor tokens, Tensor target)> Batches(int firstSample, int sampleCount, int batchSize)
    {
        var vocabulary = Text.Distinct().ToList();
        var codes = Text.Select(character => (long)vocabulary.IndexOf(character)).ToArray();
        return [.. Enumerable.Range(firstSample, sampleCount).Chunk(batchSize).Select(samples => (
            Rows(samples),
            Rows(samples.Select(sample => sample + 1))))];

        Tensor Rows(IEnumerable<int> samples)
        {
            long[][] rows = [.. samples.Select(sample => codes[sample..(sample + Length)])];
            return tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, Length]);
        }
    }
}
