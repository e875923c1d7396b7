namespace LoopGen.Tests;

/// <summary>No damaged or foreign checkpoint is taken, none changes anything, and none reaches out of the folder.</summary>
public sealed class DamagedCheckpointTests : IDisposable
{
    /// <summary>Some of the texts that can be none of those that are tried.</summary>
    private static readonly string[] Numbers = ["progress.epoch", "early_stopping.epochs", "batches.epochs_before", "checkpoint.best.count", "batches.samples"];

    private readonly OneThread oneThread = new();
    private readonly TemporaryFolder root = new(isInMemory: true);
    private readonly string folder;
    private readonly string older;
    private readonly string newer;
    private readonly byte[] whole;
    private readonly string expected;

    public DamagedCheckpointTests()
    {
        folder = root["checkpoints"];
        older = Path.Combine(folder, "last-000000002.safetensors");
        newer = Path.Combine(folder, "last-000000003.safetensors");
        using var training = new WholeTraining(folder);
        training.Checkpoints.Begin(false);
        training.Checkpoints.SaveBest(training.Model, 0.5, "best-001");
        training.Step();
        training.EndEpoch();
        training.Step();
        training.Checkpoints.SaveLast();
        training.Step();
        training.Checkpoints.SaveLast();
        expected = training.Everything();
        whole = File.ReadAllBytes(newer);
    }

    public void Dispose()
    {
        oneThread.Dispose();
        root.Dispose();
    }

    [Fact]
    public void TheWholeOneLoads()
    {
        using var training = new WholeTraining(folder, seed: 2);
        training.Checkpoints.Begin(true);
        Assert.Equal(newer, training.Checkpoints.ResumedFrom);
        Assert.Equal(expected, training.Everything());
        Assert.Equal(3, training.Progress.Step);
    }

    [Fact]
    public void NoDamageLoadsOrChangesAnything()
    {
        using var training = new WholeTraining(folder, seed: 2);
        var before = training.Everything();
        var random = new Random(1);
        var damages = 0;
        LiveTensors.AssertNoneLeft(() =>
        {
            for (var round = 0; round < 1_500; round++)
            {
                var bytes = Damage(random, round % 7, out var how);
                if (bytes.AsSpan().SequenceEqual(whole))
                {
                    continue;
                }

                damages++;
                Write(newer, bytes);
                var error = Record.Exception(() => training.Checkpoints.Begin(Resume.From(newer)));
                Assert.True(error is InvalidDataException, $"round {round}, {how}: {error?.ToString() ?? "loaded"}");
                Assert.True(error!.Message.Contains(newer, StringComparison.Ordinal), error.Message);
            }
        });
        Assert.InRange(damages, 1_200, 1_500);
        Assert.Equal(before, training.Everything());
        Assert.Equal(0, training.Progress.Step);

        // The lock was freed each time, and the same training can begin at last.
        Write(newer, whole);
        training.Checkpoints.Begin(Resume.From(newer));
        Assert.Equal(expected, training.Everything());
    }

    [Fact]
    public void EveryDamageIsPassedOverForTheOneBefore()
    {
        var random = new Random(2);
        var before = File.ReadAllBytes(older);
        for (var round = 0; round < 35; round++)
        {
            Write(older, before);
            Write(newer, Damage(random, round % 7, out _));
            if (File.ReadAllBytes(newer).AsSpan().SequenceEqual(whole))
            {
                continue;
            }

            using var training = new WholeTraining(folder, seed: 2);
            training.Checkpoints.Begin(true);
            Assert.Equal(older, training.Checkpoints.ResumedFrom);
            Assert.Equal(2, training.Progress.Step);
            Assert.Contains(newer, Assert.Single(training.Checkpoints.Skipped), StringComparison.Ordinal);
            Assert.Equal(training.Checkpoints.Skipped.Select(reason => $"Passed over: {reason}"), training.Notes);
            Assert.False(File.Exists(newer));
            Assert.True(File.Exists(newer + ".damaged"));

            // The step that was lost is made again, to the same bits.
            training.Step();
            Assert.Equal(expected, training.Everything());
        }
    }

    [Fact]
    public void EveryPartThatIsMissingIsNamed()
    {
        string[] names = [];
        StateFile.Change(newer, (tensors, texts) => names = [.. tensors.Keys, .. texts.Keys]);
        Assert.InRange(names.Length, 120, 1_000);
        using var training = new WholeTraining(folder, seed: 2);
        var before = training.Everything();
        foreach (var name in names)
        {
            Write(newer, whole);
            StateFile.Change(newer, (tensors, texts) => Assert.True(tensors.Remove(name) | texts.Remove(name)));
            var error = Record.Exception(() => training.Checkpoints.Begin(Resume.From(newer)));
            Assert.True(error is InvalidOperationException, $"{name}: {error?.ToString() ?? "loaded"}");
        }

        Assert.Equal(before, training.Everything());
    }

    /// <summary>A text that is no longer what it was is noticed, or is one that may be anything; nothing worse comes of it.</summary>
    [Theory]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("9223372036854775807")]
    [InlineData("NaN")]
    [InlineData("")]
    [InlineData("../../x\0")]
    public void NoTextLeadsAstray(string text)
    {
        string[] names = [];
        StateFile.Change(newer, (_, texts) => names = [.. texts.Keys]);
        var training = new WholeTraining(folder, seed: 2);
        foreach (var name in names)
        {
            Write(newer, whole);
            StateFile.Change(newer, (_, texts) => texts[name] = text);
            var error = Record.Exception(() => training.Checkpoints.Begin(Resume.From(newer)));
            Assert.True(error is null or InvalidOperationException, $"{name}: {error}");
            if (error is null)
            {
                Assert.DoesNotContain(name, Numbers);
                training.Dispose();
                training = new WholeTraining(folder, seed: 2);
            }
        }

        training.Dispose();
    }

    [Fact]
    public void EveryTensorOfAnotherShapeOrTypeIsNamed()
    {
        string[] names = [];
        StateFile.Change(newer, (tensors, _) => names = [.. tensors.Keys]);
        using var training = new WholeTraining(folder, seed: 2);
        var before = training.Everything();
        Func<Tensor, Tensor>[] changes =
            [tensor => tensor.unsqueeze(0), tensor => tensor.to_type(tensor.dtype == float64 ? float32 : float64), _ => zeros(0, 3), tensor => tensor.expand([2, .. tensor.shape])];
        foreach (var name in names)
        {
            foreach (var (index, change) in changes.Index())
            {
                // An area takes outputs of any type.
                if (index != 1 || !name.EndsWith("scores", StringComparison.Ordinal))
                {
                    Write(newer, whole);
                    StateFile.Change(newer, (tensors, _) => tensors[name] = change(tensors[name]));
                    var error = Record.Exception(() => training.Checkpoints.Begin(Resume.From(newer)));
                    Assert.True(error is InvalidOperationException, $"{name}, {index}: {error?.ToString() ?? "loaded"}");
                }
            }
        }

        Assert.Equal(before, training.Everything());
    }

    /// <summary>Names of best weights are removed one day: a file must not tell which files those are.</summary>
    [Theory]
    [InlineData("../victim")]
    [InlineData("../../victim")]
    [InlineData("below/victim")]
    [InlineData("..\\victim")]
    [InlineData("C:victim")]
    [InlineData(".victim")]
    [InlineData("last-000000002")]
    [InlineData("victim\0")]
    [InlineData("")]
    [InlineData(null)]
    public void NoNameLeadsOutOfTheFolder(string? crafted)
    {
        Directory.CreateDirectory(Path.Combine(folder, "below"));
        var name = crafted ?? root["victim"];
        string[] victims = [root["victim.safetensors"], Path.Combine(folder, "below", "victim.safetensors")];
        Array.ForEach(victims, victim => File.WriteAllText(victim, "precious"));
        foreach (var key in (string[])["checkpoint.best.0.name", "checkpoint.best.displaced.0"])
        {
            Write(newer, whole);
            StateFile.Change(newer, (_, texts) => (texts["checkpoint.best.displaced"], texts[key]) = ("1", name));
            using var training = new WholeTraining(folder, seed: 2);
            var error = Record.Exception(() => training.Checkpoints.Begin(Resume.From(newer)));
            Assert.True(error is InvalidOperationException, $"{key}: {error}");
            Assert.Contains("is no name of a file with the best weights", error!.Message, StringComparison.Ordinal);
        }

        Assert.All(victims, victim => Assert.Equal("precious", File.ReadAllText(victim)));
        using var other = new WholeTraining(folder, seed: 2);
        other.Checkpoints.Begin(Resume.From(older));
        Assert.Throws<ArgumentException>(() => other.Checkpoints.SaveBest(other.Model, 0.1, name));
    }

    [Theory]
    [InlineData("progress.step", "-1")]
    [InlineData("progress.step", "9223372036854775807")]
    [InlineData("progress.position", "-1")]
    [InlineData("progress.position", "9223372036854775807")]
    [InlineData("progress.epoch", "0")]
    [InlineData("progress.epoch", "9223372036854775807")]
    [InlineData("history.epochs", "null")]
    [InlineData("history.epochs", "[null]")]
    [InlineData("history.epochs", "[{\"epoch\":2,\"loss\":1}]")]
    [InlineData("history.epochs", "[{\"epoch\":1,\"loss\":1},{\"epoch\":1,\"loss\":1}]")]
    public void NumbersThatCannotBeAreNotBelieved(string key, string value)
    {
        StateFile.Change(newer, (_, texts) =>
        {
            Assert.Contains(key, texts.Keys);
            texts[key] = value;
        });
        using var training = new WholeTraining(folder, seed: 2);
        Assert.Throws<InvalidOperationException>(() => training.Checkpoints.Begin(Resume.From(newer)));
        Assert.Equal(0, training.Progress.Step);
    }

    [Fact]
    public void AFileOfSomebodyElseIsNotRemovedForItsName()
    {
        var export = Path.Combine(folder, "export.safetensors");
        File.WriteAllText(export, "precious");
        StateFile.Change(newer, (_, texts) => (texts["checkpoint.best.displaced"], texts["checkpoint.best.displaced.0"]) = ("1", "export"));
        using var training = new WholeTraining(folder, seed: 2);
        training.Checkpoints.Begin(Resume.From(newer));
        training.Step();
        training.Checkpoints.SaveLast();
        Assert.Equal("precious", File.ReadAllText(export));
    }

    [Fact]
    public void MillionsThatAreNotThereAreNotRead()
    {
        foreach (var key in (string[])["checkpoint.best.count", "checkpoint.best.displaced"])
        {
            Write(newer, whole);
            StateFile.Change(newer, (_, texts) => texts[key] = "2000000000");
            using var training = new WholeTraining(folder, seed: 2);
            Assert.Throws<InvalidOperationException>(() => training.Checkpoints.Begin(Resume.From(newer)));
        }
    }

    [Fact]
    public void MuchForeignTextDoesNoHarm()
    {
        StateFile.Change(newer, (_, texts) =>
        {
            for (var index = 0; index < 50_000; index++)
            {
                texts[$"progress.{index}"] = "bomb";
            }

            texts["history.epochs"] = new string('[', 1_000_000);
        });
        using var training = new WholeTraining(folder, seed: 2);
        var error = Assert.Throws<InvalidOperationException>(() => training.Checkpoints.Begin(Resume.From(newer)));
        Assert.Contains("the history of the file", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 100, 2_000);
    }

    private static void Write(string path, byte[] bytes)
    {
        // Over the one before: a file that is cut to nothing first takes a file system ten times as long.
        using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write);
        RandomAccess.Write(file, bytes, 0);
        RandomAccess.SetLength(file, bytes.Length);
    }

    private byte[] Damage(Random random, int kind, out string how)
    {
        var bytes = whole.ToArray();

        // Half of them in the texts, which are the smaller part of the file.
        var limit = random.Next(2) == 0 ? bytes.Length : 4_000;
        var (one, other) = (random.Next(limit), random.Next(limit));
        var (from, to) = (Math.Min(one, other), Math.Max(one, other));
        how = $"kind {kind}, {from} and {to}";
        switch (kind)
        {
            case 0:
                bytes[from] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                return bytes[..to];
            case 2:
                var inserted = new byte[random.Next(1, 64)];
                random.NextBytes(inserted);
                return [.. bytes[..from], .. inserted, .. bytes[from..]];
            case 3:
                Array.Clear(bytes, from, to - from);
                return bytes;
            case 4:
                var middle = random.Next(from, to + 1);
                return [.. bytes[..from], .. bytes[middle..to], .. bytes[from..middle], .. bytes[to..]];
            case 5:
                // Digits of a text: the file is still one that reads well.
                var digits = Enumerable.Range(8, 4_000).Where(index => char.IsAsciiDigit((char)bytes[index])).ToArray();
                var place = digits[random.Next(digits.Length)];
                bytes[place] = (byte)('0' + ((bytes[place] - '0' + random.Next(1, 10)) % 10));
                return bytes;
            default:
                return [.. bytes[..from], .. bytes[to..]];
        }
    }
}
