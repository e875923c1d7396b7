using System.Diagnostics;

namespace LoopGen.Tests;

/// <summary>What checkpoints do to the files in their folder, and what they leave alone.</summary>
public sealed class CheckpointFolderTests : IDisposable
{
    private const string Digits = ".safetensors.0123456789abcdef.partial";
    private readonly TemporaryFolder root = new();
    private readonly string folder;

    public CheckpointFolderTests() => folder = Directory.CreateDirectory(root["checkpoints"]).FullName;

    private IEnumerable<string> Names =>
        Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public void Dispose() => root.Dispose();

    [Fact]
    public void WhatOthersPutThereIsNeverTouched()
    {
        string[] others =
        [
            "exported.safetensors", "last-5.safetensors", "last-0000000005.safetensors", "last-00000000x.safetensors", "last-.safetensors",
            "LAST-000000005.safetensors", "last-000000005.safetensors.bak", "last-000000005.pt", "failed-1.safetensors", "download.partial",
            "other.safetensors.partial", "other.safetensors.0123456789ABCDEF.partial", "exported" + Digits, "notes.txt", "x.safetensors.damaged",
        ];
        Array.ForEach(others, name => File.WriteAllText(Path.Combine(folder, name), name));
        Directory.CreateDirectory(Path.Combine(folder, "last-000000009.safetensors"));
        Directory.CreateDirectory(Path.Combine(folder, "earlier"));
        File.WriteAllText(Path.Combine(folder, "earlier", "mine.safetensors"), "mine");
        File.WriteAllText(Path.Combine(folder, "earlier", "notes.txt"), "mine");

        for (var round = 0; round < 3; round++)
        {
            Train(resume: round == 1, steps: 3);
        }

        Assert.All(others, name => Assert.Equal(name, File.ReadAllText(Path.Combine(folder, name))));
        Assert.True(Directory.Exists(Path.Combine(folder, "last-000000009.safetensors")));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(folder, "earlier", "mine.safetensors")));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(folder, "earlier", "notes.txt")));
        Assert.Equal(
            ["best.safetensors", "last-000000002.safetensors", "last-000000003.safetensors"],
            Names.Except(others).Except(["earlier", "last-000000009.safetensors"]));
        Assert.Equal(3, Directory.GetFiles(Path.Combine(folder, "earlier"), "*-0*").Concat(Directory.GetFiles(Path.Combine(folder, "earlier"), "best*")).Count());
    }

    /// <summary>Forgetting to resume, once and again, costs no training.</summary>
    [Fact]
    public void EveryTrainingThatWasSetAsideIsKept()
    {
        for (var training = 1; training <= 4; training++)
        {
            Train(resume: false, steps: training);
        }

        string[] folders = ["earlier", "earlier-2", "earlier-3"];
        Assert.Equal(folders, Names.Where(name => name.StartsWith("earlier", StringComparison.Ordinal)));
        Assert.Equal(
            ["last-000000001", "last-000000002", "last-000000003"],
            folders.Select(name => Path.GetFileNameWithoutExtension(Directory.GetFiles(Path.Combine(folder, name), "last-*").Max())));
        Assert.All(folders, name => Assert.True(File.Exists(Path.Combine(folder, name, "best.safetensors"))));
    }

    [Fact]
    public void WhatAKilledTrainingLeftHalfWrittenGoes()
    {
        string[] own = ["last-000000007" + Digits, "failed-000000007" + Digits, "old-best" + Digits];
        Array.ForEach([.. own, "young" + Digits], name => File.WriteAllText(Path.Combine(folder, name), name));
        File.SetLastWriteTimeUtc(Path.Combine(folder, own[2]), DateTime.UtcNow.AddMinutes(-2));
        Train(resume: true, steps: 1);
        Assert.Equal(["best.safetensors", "last-000000001.safetensors", "young" + Digits], Names);
    }

    /// <summary>Weights that better ones displace stay until a checkpoint knows of those, and are not forgotten where the process ends first.</summary>
    [Fact]
    public void DisplacedWeightsGoWithTheNextCheckpointAlsoAfterAKill()
    {
        using (var training = new WholeTraining(folder))
        {
            training.Checkpoints.Begin(false);
            training.Checkpoints.SaveBest(training.Model, 0.5, "best-1");
            training.Checkpoints.SaveLast();
            training.Checkpoints.SaveBest(training.Model, 0.4, "best-2");
            Assert.Contains("best-1.safetensors", Names);
            training.Step();

            // Killed after the file had its name and before what it displaces is removed.
            File.Copy(Path.Combine(folder, "best-1.safetensors"), root["best-1"]);
            training.Checkpoints.SaveLast();
            Assert.DoesNotContain("best-1.safetensors", Names);
        }

        File.Copy(root["best-1"], Path.Combine(folder, "best-1.safetensors"));
        using var second = new WholeTraining(folder);
        second.Checkpoints.Begin(true);
        second.Step();
        second.Checkpoints.SaveLast();
        Assert.Equal(["best-2.safetensors", "last-000000001.safetensors", "last-000000002.safetensors"], Names.Where(name => name != ".lock"));
    }

    /// <summary>The lowest loss and the highest accuracy are no figures to compare.</summary>
    [Fact]
    public void ByAnotherFigureTheBestBeginAnew()
    {
        var path = root["best.safetensors"];
        var saved = new BestFiles(2, "val_loss", isHigherBetter: false);
        saved.Add(0.2, "a");
        saved.Add(0.1, "b");
        foreach (var (monitor, isHigher, count, admits) in new[] { ("val_loss", false, 2, false), ("val_loss", false, 1, false), ("val_accuracy", true, 2, true) })
        {
            var loaded = new BestFiles(count, monitor, isHigher);
            StateFile.Save(path, ("best", saved));
            Assert.Empty(StateFile.Load(path, ("best", loaded)));
            Assert.Equal(admits, loaded.Admits(0.3));
            Assert.Equal(count == 1 ? ["a"] : [], loaded.TakeDisplaced());
        }
    }

    [Fact]
    public void TheFileThatWasAskedForStays()
    {
        Train(resume: false, steps: 3);
        Train(resume: false, steps: 3);
        var asked = Path.Combine(folder, "earlier", "last-000000002.safetensors");
        using var training = new WholeTraining(folder);
        training.Checkpoints.Begin(Resume.From(asked));
        Assert.Equal(2, training.Progress.Step);
        Assert.True(File.Exists(asked));
        Assert.Contains("last-000000002.safetensors", Names);
        Assert.DoesNotContain("last-000000003.safetensors", Names);
    }

    [Fact]
    public void TheFolderIsForOneAtATime()
    {
        using (var first = new WholeTraining(folder))
        using (var second = new WholeTraining(folder))
        {
            first.Checkpoints.Begin(false);
            var error = Assert.Throws<IOException>(() => second.Checkpoints.Begin(false));
            Assert.StartsWith($"'{folder}' is in use by another training", error.Message);
            first.Checkpoints.Dispose();
            second.Checkpoints.Begin(false);
            Assert.Throws<ObjectDisposedException>(first.Checkpoints.SaveLast);
            Assert.Throws<ObjectDisposedException>(() => first.Checkpoints.Begin(false));
        }

        Assert.Empty(Names);
    }

    [Fact]
    public void AProcessThatHasItKeepsItUntilItEnds()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/flock"), "flock(1) holds a file as another training would.");

        // One process: of one that it started, and that has the file from it, nobody here would know when it has ended.
        var ready = new ProcessStartInfo("/usr/bin/flock", ["--no-fork", Path.Combine(folder, ".lock"), "sh", "-c", "echo ready; exec sleep 60"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(ready)!;
        try
        {
            Assert.Equal("ready", process.StandardOutput.ReadLine());
            using var training = new WholeTraining(folder);
            Assert.Contains("another training", Assert.Throws<IOException>(() => training.Checkpoints.Begin(true)).Message);
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }

        Train(resume: true, steps: 1);
        Assert.Equal(["best.safetensors", "last-000000001.safetensors"], Names);
    }

    [Fact]
    public void ALockThatCannotBeMadeIsSaid()
    {
        Directory.CreateDirectory(Path.Combine(folder, ".lock"));
        using var training = new WholeTraining(folder);
        var error = Assert.ThrowsAny<Exception>(() => training.Checkpoints.Begin(true));
        Assert.True(error is IOException or UnauthorizedAccessException, error.ToString());
        Assert.Contains(Path.Combine(folder, ".lock"), error.Message);
    }

    private void Train(bool resume, int steps)
    {
        using var training = new WholeTraining(folder);
        training.Checkpoints.Begin(resume);
        while (training.Progress.Step < steps)
        {
            training.Step();
            training.Checkpoints.SaveBest(training.Model, 1.0 / (1 + training.Progress.Step));
            training.Checkpoints.SaveLast();
        }
    }
}
