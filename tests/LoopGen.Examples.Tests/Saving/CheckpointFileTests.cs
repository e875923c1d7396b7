using LoopGen.CrashDrill;

namespace LoopGen.Examples.Tests;

/// <summary>The files of a training: which are kept, and what happens to damaged and foreign ones.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private readonly DurableRun run = new();
    private readonly DurableModel model = DurableRun.NewModel();

    [Fact]
    public void KeepsTheLastTwoAndTheBestTwo()
    {
        var history = run.Fit(model, epochs: 5);
        Assert.Equal(["last-000000033.safetensors", "last-000000035.safetensors"], run.Checkpoints.Select(Path.GetFileName));

        var best = history.OrderBy(log => log.ValLoss).Take(2).Select(log => $"best-{log.Epoch:000}.safetensors");
        Assert.Equal(best.Order(StringComparer.Ordinal), Directory.GetFiles(run.Folder, "best-*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.False(File.Exists(Path.Combine(run.Folder, ".lock")));
    }

    [Fact]
    public void TheBestWeightsAreThoseThatWereEvaluated()
    {
        var history = run.Fit(model, epochs: 5);
        var best = history.MinBy(log => log.ValLoss)!;

        using var other = new DurableModel();
        var words = other.LoadWeights(Path.Combine(run.Folder, $"best-{best.Epoch:000}.safetensors")).Metadata;
        Assert.Equal(best.ValLoss, other.Evaluate(run.ValidationBatches(), CPU).Loss);
        Assert.Equal("val_loss", words["monitor"]);
        Assert.Equal(best.ValLoss, double.Parse(words["figure"], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void TheWeightsOfACheckpointCanBeLoadedAlone()
    {
        var raw = Array.Empty<byte>();
        run.Fit(model, epochs: 1, callback: new Observer { AtEpochEnd = (_, _) => raw = Bits.Of(model) });

        // The model is left with the averages of its best epoch; a checkpoint holds the weights that go on.
        using var other = new DurableModel();
        other.LoadWeights(run.Checkpoints[^1]);
        Assert.Equal(raw, Bits.Of(other));
        Assert.NotEqual(raw, Bits.Of(model));
    }

    [Fact]
    public void ANewTrainingMovesWhatAnEarlierOneLeftAside()
    {
        run.Fit(model, epochs: 2);
        var somebodyElses = Path.Combine(run.Folder, "exported.safetensors");
        model.SaveWeights(somebodyElses);
        string[] before = [.. run.Checkpoints.Concat(Directory.GetFiles(run.Folder, "best-*")).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

        using var other = DurableRun.NewModel();
        run.Fit(other, epochs: 1, seed: 8);
        Assert.Equal(before, Directory.GetFiles(Path.Combine(run.Folder, "earlier")).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal));
        Assert.True(File.Exists(somebodyElses));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ADamagedFileIsPassedOverForTheOneBefore(bool isTorn)
    {
        var expected = DurableRun.Everything(model, run.Fit(model, epochs: 2));
        var newest = run.Checkpoints[^1];
        Damage(newest, isTorn);

        using var other = new DurableModel();
        var notes = Array.Empty<string>();
        var observer = new Observer { AtEpochBegin = (training, _) => notes = [.. training.Notes] };
        var history = run.Fit(other, epochs: 2, resume: true, callback: observer);
        Assert.Equal(expected, DurableRun.Everything(other, history));
        Assert.Contains(newest, Assert.Single(notes), StringComparison.Ordinal);
        Assert.True(File.Exists(newest + ".damaged"));
    }

    [Fact]
    public void WhenAllAreDamagedNothingBegins()
    {
        run.Fit(model, epochs: 2);
        var before = Bits.Of(model);
        Array.ForEach(run.Checkpoints, file => Damage(file, isTorn: true));
        var exception = Assert.Throws<InvalidDataException>(() => run.Fit(model, epochs: 2, resume: true));
        Assert.All(run.Checkpoints, file => Assert.Contains(file, exception.Message, StringComparison.Ordinal));
        Assert.Equal(before, Bits.Of(model));
        Assert.Equal(2, run.Checkpoints.Length);
    }

    [Fact]
    public void ACheckpointOfAnotherTrainingSaysWhatDiffers()
    {
        run.Fit(model, epochs: 2);
        using var other = new DurableModel();
        var before = Bits.Of(other);
        var exception = Assert.Throws<InvalidOperationException>(() => run.Fit(other, epochs: 2, resume: true, seed: 8, batchSize: 20, learningRate: 0.02));
        Assert.Contains("batches.batch_size is \"20\" here, but \"16\" in the file", exception.Message, StringComparison.Ordinal);
        Assert.Contains("batches.seed is \"8\" here, but \"7\" in the file", exception.Message, StringComparison.Ordinal);
        Assert.Contains("progress.seed is \"8\" here, but \"7\" in the file", exception.Message, StringComparison.Ordinal);
        Assert.Contains("optimizer.group0.initial_learning_rate is \"0.02\" here, but \"0.01\" in the file", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, Bits.Of(other));
    }

    [Fact]
    public void WeightsAloneAreNoCheckpoint()
    {
        run.Fit(model, epochs: 1);
        var best = Directory.GetFiles(run.Folder, "best-*")[0];
        var exception = Assert.Throws<InvalidOperationException>(() => run.Fit(model, epochs: 1, Resume.From(best)));
        Assert.Contains("LoadWeights", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoTrainingsCannotShareAFolder()
    {
        IOException? exception = null;
        using var other = DurableRun.NewModel();
        var observer = new Observer { AtTrainBegin = _ => exception = Assert.Throws<IOException>(() => run.Fit(other, epochs: 1)) };
        run.Fit(model, epochs: 1, callback: observer);
        Assert.Contains(run.Folder, exception!.Message, StringComparison.Ordinal);
        Assert.Contains("another training", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AThreadCountThatDiffersIsReported()
    {
        var threads = get_num_threads();
        try
        {
            set_num_threads(threads + 1);
            var notes = Array.Empty<string>();
            using var other = DurableRun.NewModel();
            run.Fit(other, epochs: 2, callback: new Observer { AtBatchEnd = (training, batch) => StopAt(training, batch == 2) });
            set_num_threads(threads);
            run.Fit(other, epochs: 2, resume: true, callback: new Observer { AtTrainBegin = training => notes = [.. training.Notes] });
            Assert.Contains($"{threads + 1} threads", Assert.Single(notes), StringComparison.Ordinal);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void AFolderThatCannotBeMadeIsNamed()
    {
        var file = Path.Combine(run.Folder, "file");
        File.WriteAllText(file, string.Empty);
        var before = Bits.Of(model);
        var exception = Assert.ThrowsAny<IOException>(() => model.Fit(
            run.TrainBatches(), 1, run.ValidationBatches(), CPU, checkpointFolder: Path.Combine(file, "below"), verbose: Verbosity.Silent));
        Assert.Contains(Path.Combine(file, "below"), exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, Bits.Of(model));
    }

    public void Dispose()
    {
        model.Dispose();
        run.Dispose();
    }

    private static void StopAt(TrainingRun training, bool now)
    {
        if (now)
        {
            training.Stop("enough");
        }
    }

    private static void Damage(string file, bool isTorn)
    {
        var bytes = File.ReadAllBytes(file);
        if (isTorn)
        {
            File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
            return;
        }

        bytes[^100] ^= 4;
        File.WriteAllBytes(file, bytes);
    }
}
