using System.Diagnostics;

namespace LoopGen.Tests;

/// <summary>Calls in a wrong order, and disks that do not take what is saved.</summary>
public sealed class CheckpointsTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    public void Dispose() => root.Dispose();

    [Fact]
    public void CallsInAWrongOrderAreSaid()
    {
        using var training = new WholeTraining(root["a"]);
        var early = Assert.Throws<InvalidOperationException>(training.Checkpoints.SaveLast);
        Assert.Equal("Begin must be called before anything is saved.", early.Message);
        Assert.Throws<InvalidOperationException>(() => training.Checkpoints.SaveBest(training.Model, 1));
        training.Checkpoints.SaveAfter(new InvalidOperationException("before"));
        Assert.Empty(root.Names);

        training.Checkpoints.Begin(false);
        Assert.Contains("Begin was called before", Assert.Throws<InvalidOperationException>(() => training.Checkpoints.Begin(true)).Message);
        Assert.Contains("'late' must be tracked before Begin", Assert.Throws<InvalidOperationException>(() => training.Checkpoints.Track("late", training.Model)).Message);
        training.Checkpoints.SaveLast();
    }

    [Fact]
    public void ANameIsForOnePart()
    {
        using var run = new TestRun();
        using var checkpoints = new Checkpoints(run.Run, root["a"], "words");
        checkpoints.Track("model", run.Model);
        Assert.Contains("'model' already", Assert.Throws<ArgumentException>(() => checkpoints.Track("model", run.Model)).Message);
        Assert.Throws<ArgumentException>(() => checkpoints.Track("checkpoint", run.Model));
        Assert.ThrowsAny<ArgumentException>(() => checkpoints.Track(" ", run.Model));
        Assert.Throws<ArgumentNullException>(() => checkpoints.Track("x", (nn.Module)null!));
    }

    [Fact]
    public void ArgumentsOutOfTheirRangesAreRefused()
    {
        using var run = new TestRun();
        Assert.Throws<ArgumentNullException>(() => new Checkpoints(null!, "a", "words"));
        Assert.ThrowsAny<ArgumentException>(() => new Checkpoints(run.Run, " ", "words"));
        Assert.Throws<ArgumentNullException>(() => new Checkpoints(run.Run, "a", null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Checkpoints(run.Run, "a", "words", keepLast: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Checkpoints(run.Run, "a", "words", keepBest: 0));
    }

    /// <summary>After a failure the folder is free, and what failed can be tried again.</summary>
    [Fact]
    public void ABeginningThatFailedCanBeRepeated()
    {
        using (var saved = new WholeTraining(root["a"]))
        {
            saved.Checkpoints.Begin(false);
            saved.Checkpoints.SaveLast();
        }

        using var training = new WholeTraining(root["a"]);
        Assert.Throws<FileNotFoundException>(() => training.Checkpoints.Begin(Resume.From(root["none"])));
        training.Checkpoints.Begin(true);
        Assert.NotNull(training.Checkpoints.ResumedFrom);
    }

    /// <summary>A part that throws while it is read, as one of a user's may: nothing is changed, nothing leaks.</summary>
    [Fact]
    public void APartThatThrowsLeavesEverythingAsItWas()
    {
        using (var saved = new WholeTraining(root["a"]))
        {
            saved.Checkpoints.Track("thrower", new Thrower());
            saved.Checkpoints.Begin(false);
            saved.Step();
            saved.Checkpoints.SaveLast();
        }

        using var training = new WholeTraining(root["a"], seed: 2);
        training.Checkpoints.Track("thrower", new Thrower());
        var before = training.Everything();
        LiveTensors.AssertNoneLeft(() => Assert.Throws<TimeoutException>(() => training.Checkpoints.Begin(true)));
        Assert.Equal(before, training.Everything());
    }

    [Fact]
    public void AfterAnExceptionTheStateIsSavedUnlessItIsSpoiled()
    {
        using var training = new WholeTraining(root["a"]);
        var fickle = new Fickle();
        training.Checkpoints.Track("fickle", fickle);
        training.Checkpoints.Begin(false);
        training.Step();
        training.Checkpoints.SaveAfter(new TimeoutException("what happened"));
        var file = Path.Combine(root["a"], "failed-000000001.safetensors");
        Assert.Equal("what happened", PlainSafetensors.Read(file).Header["__metadata__"]!["checkpoint.failure"]!.GetValue<string>());
        Assert.Empty(training.Notes);
        File.Delete(file);

        using (no_grad())
        {
            training.Model.Norm.running_mean![0].fill_(float.NaN);
        }

        LiveTensors.AssertNoneLeft(() => training.Checkpoints.SaveAfter(new TimeoutException("what happened")));
        Assert.False(File.Exists(file));
        Assert.Contains("not finite", Assert.Single(training.Notes));

        // A failure to save is told, and does not take the place of the exception.
        using (no_grad())
        {
            training.Model.Norm.running_mean![0].fill_(0);
        }

        fickle.Throws = true;
        training.Checkpoints.SaveAfter(new TimeoutException("what happened"));
        Assert.Equal("The state after the exception could not be saved: moody", training.Notes[1]);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void AFullDiskLeavesTheCheckpointsThatAreThere()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only the administrator of a Linux can make a small disk.");
        var disk = Directory.CreateDirectory(root["disk"]).FullName;
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=256k", "none", disk), "No small disk can be mounted here.");
        try
        {
            using (var training = new WholeTraining(disk))
            {
                training.Checkpoints.Begin(false);
                training.Step();
                training.Checkpoints.SaveLast();
                training.Step();
                training.Checkpoints.SaveLast();
                training.Step();

                // Less is left than a checkpoint needs: none of those that are there goes for it.
                using (var filler = File.Create(Path.Combine(disk, "filler")))
                {
                    var free = new DriveInfo(disk).AvailableFreeSpace - new FileInfo(Path.Combine(disk, "last-000000002.safetensors")).Length + 4_096;
                    filler.Write(new byte[Math.Max(0, free)]);
                }

                var error = Assert.Throws<IOException>(training.Checkpoints.SaveLast);
                Assert.Contains(Path.Combine(disk, "last-000000003.safetensors"), error.Message);
                Assert.Contains("the disk has no room for it", error.Message);
                training.Checkpoints.SaveAfter(error);
                Assert.Contains("could not be saved", Assert.Single(training.Notes));
            }

            Assert.Equal(
                ["filler", "last-000000001.safetensors", "last-000000002.safetensors"],
                Directory.GetFiles(disk).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
            using var second = new WholeTraining(disk, seed: 2);
            second.Checkpoints.Begin(true);
            Assert.Equal(2, second.Progress.Step);
            Assert.Empty(second.Checkpoints.Skipped);

            // With room again it goes on.
            File.Delete(Path.Combine(disk, "filler"));
            second.Step();
            second.Checkpoints.SaveLast();
        }
        finally
        {
            Run("umount", disk);
        }
    }

    [Fact]
    public void AFolderThatMayNotBeWrittenIsSaid()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix file modes.");
            return;
        }

        var path = Directory.CreateDirectory(root["closed"]).FullName;
        if (Environment.IsPrivilegedProcess)
        {
            // The administrator may write everywhere, except where the kernel itself forbids it.
            Assert.SkipUnless(Directory.Exists("/sys/kernel"), "There is no folder that the administrator may not write.");
            path = "/sys/kernel";
        }
        else
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        try
        {
            using var training = new WholeTraining(path);
            var error = Record.Exception(() => training.Checkpoints.Begin(true));
            Assert.True(error is UnauthorizedAccessException or IOException, error?.ToString());
            Assert.Contains(path, error!.Message);

            using var below = new WholeTraining(Path.Combine(path, "below"));
            error = Record.Exception(() => below.Checkpoints.Begin(false));
            Assert.True(error is UnauthorizedAccessException or IOException, error?.ToString());
            Assert.Contains(Path.Combine(path, "below"), error!.Message);
        }
        finally
        {
            if (!Environment.IsPrivilegedProcess)
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private sealed class Fickle : IStateful
    {
        public bool Throws { get; set; }

        public void SaveState(StateWriter state)
        {
            if (Throws)
            {
                throw new TimeoutException("moody");
            }
        }

        public void LoadState(StateReader state)
        {
        }
    }

    private sealed class Thrower : IStateful
    {
        public void SaveState(StateWriter state)
        {
        }

        public void LoadState(StateReader state)
        {
            state.ReadTensor("nothing", CPU);
            throw new TimeoutException();
        }
    }
}
