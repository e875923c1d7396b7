using System.Diagnostics;

namespace LoopGen.Tests;

/// <summary>Under its name there is always a whole file, whatever happens to the one that is written.</summary>
public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheOldFileStaysUntilTheNewOneIsWhole()
    {
        Write("old");
        AtomicFile.Replace(folder["file"], stream =>
        {
            stream.Write("ne"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(folder["file"]));
            Assert.Equal(2, folder.Names.Count());
            stream.Write("w"u8);
        });
        Assert.Equal("new", File.ReadAllText(folder["file"]));
        Assert.Equal(["file"], folder.Names);
    }

    [Fact]
    public void AFailureLeavesTheOldFileAndNothingElse()
    {
        Write("old");
        var error = Assert.Throws<IOException>(() => AtomicFile.Replace(folder["file"], stream =>
        {
            stream.Write(new byte[100_000]);
            throw new IOException("The device is gone");
        }));
        Assert.Equal($"'{folder["file"]}' could not be written: The device is gone. A file that was there before is unharmed.", error.Message);
        Assert.Throws<NotSupportedException>(() => AtomicFile.Replace(folder["file"], _ => throw new NotSupportedException()));
        Assert.Equal("old", File.ReadAllText(folder["file"]));
        Assert.Equal(["file"], folder.Names);
    }

    [Fact]
    public void ThePreviousFileIsKeptIfAskedFor()
    {
        Write("first", keepPrevious: true);
        Assert.Equal(["file"], folder.Names);
        Write("second", keepPrevious: true);
        Write("third", keepPrevious: true);
        Assert.Equal(["file", "file.previous"], folder.Names);
        Assert.Equal("third", File.ReadAllText(folder["file"]));
        Assert.Equal("second", File.ReadAllText(folder["file.previous"]));
        Write("fourth");
        Assert.Equal("second", File.ReadAllText(folder["file.previous"]));
    }

    /// <summary>Reads the file all the time while it is replaced, with the one before kept and without.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ThereIsAWholeFileAtEveryInstant(bool keepPrevious)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows refuses to replace a file that is being read.");
        Write(new string('a', 50_000));
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            var reads = 0;
            for (; !stop.IsCancellationRequested; reads++)
            {
                var text = File.ReadAllText(folder["file"]);
                Assert.Equal(50_000, text.Length);
                Assert.Equal(new string(text[0], text.Length), text);
            }

            return reads;
        });
        for (var round = 0; round < 100; round++)
        {
            Write(new string((char)('a' + (round % 26)), 50_000), keepPrevious);
        }

        await stop.CancelAsync();
        Assert.InRange(await reader, 1, int.MaxValue);
    }

    /// <summary>A process that was killed left half a file: the old one loads, and the next save clears up.</summary>
    [Fact]
    public void WhatAKilledProcessLeftIsRemovedByTheNextSave()
    {
        using var model = new FileModel();
        model.SaveWeights(folder["model.safetensors"]);
        var expected = StateCopy.Of(model);
        var half = File.ReadAllBytes(folder["model.safetensors"])[..300];
        string[] leftovers = ["model.safetensors.0123456789abcdef.partial", "model.safetensors.00000000000000ff.partial"];
        string[] others =
        [
            "model.safetensors.0123456789abcdeg.partial", "model.safetensors.partial", "other.safetensors.0123456789abcdef.partial",
            "model.safetensors.0123456789abcdef.partial.bak",
        ];
        Array.ForEach([.. leftovers, .. others], name => File.WriteAllBytes(folder[name], half));
        const string Young = "model.safetensors.1111111111111111.partial";
        Array.ForEach(Directory.GetFiles(folder.Path), Age);
        File.WriteAllBytes(folder[Young], half);

        model.LoadWeights(folder["model.safetensors"]);
        Assert.Equal(expected, StateCopy.Of(model));
        model.SaveWeights(folder["model.safetensors"]);

        Assert.Equal(others.Append("model.safetensors").Append(Young).Order(StringComparer.Ordinal), folder.Names);
    }

    [Fact]
    public void WhatAnotherSaverIsWritingIsLeftAlone()
    {
        AtomicFile.Replace(folder["file"], stream =>
        {
            stream.Write("first"u8);
            stream.Flush();
            Array.ForEach(Directory.GetFiles(folder.Path), Age);
            Write("second");
            Assert.Equal("second", File.ReadAllText(folder["file"]));
        });
        Assert.Equal("first", File.ReadAllText(folder["file"]));
        Assert.Equal(["file"], folder.Names);
    }

    [Fact]
    public void OfALinkTheFileBehindItIsReplaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets only administrators make symbolic links.");
        Directory.CreateDirectory(folder["real"]);
        File.CreateSymbolicLink(folder["link"], folder["real/file"]);
        AtomicFile.Replace(folder["link"], stream => stream.Write("one"u8));
        AtomicFile.Replace(folder["link"], stream => stream.Write("two"u8));
        Assert.Equal("two", File.ReadAllText(folder["real/file"]));
        Assert.NotNull(new FileInfo(folder["link"]).LinkTarget);
        Assert.Single(Directory.GetFiles(folder["real"]));
    }

    [Fact]
    public void WhoMayReadItStaysAsItWas()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix file modes.");
            return;
        }

        Write("old");
        File.SetUnixFileMode(folder["file"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Write("new");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["file"]));
    }

    [Fact]
    public void AFolderThatIsMissingAndAPathThatIsAFolderAreSaid()
    {
        using var model = new FileModel();
        var missing = folder["no/model.safetensors"];
        Assert.Equal(
            $"'{missing}' could not be written: its folder does not exist; create it first, or check the path. A file that was there before is unharmed.",
            Assert.Throws<DirectoryNotFoundException>(() => model.SaveWeights(missing)).Message);
        Assert.Contains("it is a folder; add the name of a file", Assert.Throws<IOException>(() => model.SaveWeights(folder.Path)).Message);
        Assert.Contains("it is a folder", Assert.Throws<IOException>(() => model.LoadWeights(folder.Path)).Message);
        Assert.Equal(
            $"'{folder["none"]}' could not be read: there is no such file.",
            Assert.Throws<FileNotFoundException>(() => model.LoadWeights(folder["none"])).Message);
        Assert.Throws<DirectoryNotFoundException>(() => model.LoadWeights(missing));
        Assert.Throws<DirectoryNotFoundException>(() => model.ExportPyTorch(missing));
        Assert.ThrowsAny<IOException>(() => model.SaveWeights(folder[new string('x', 300)]));
    }

    [Fact]
    public void AFolderThatMayNotBeWrittenIsSaid()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix file modes.");
            return;
        }

        using var model = new FileModel();
        model.SaveWeights(folder["model.safetensors"]);
        var path = folder["model.safetensors"];
        if (Environment.IsPrivilegedProcess)
        {
            // The administrator may write everywhere, except where the kernel itself forbids it.
            Assert.SkipUnless(Directory.Exists("/sys/kernel"), "There is no folder that the administrator may not write.");
            path = "/sys/kernel/model.safetensors";
        }
        else
        {
            File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        try
        {
            var error = Assert.Throws<UnauthorizedAccessException>(() => model.SaveWeights(path));
            Assert.StartsWith($"'{path}' could not be written: it may not be written; check the permissions", error.Message);
        }
        finally
        {
            File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        model.LoadWeights(folder["model.safetensors"]);
    }

    [Fact]
    public void AFullDiskIsSaidAndTheOldFileLoads()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only the administrator of a Linux can make a small disk.");
        Directory.CreateDirectory(folder["disk"]);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=1m", "none", folder["disk"]), "No small disk can be mounted here.");
        try
        {
            using var small = new OneTensor(("x", ones(1_000)));
            using var large = new OneTensor(("x", ones(1_000_000)));
            small.SaveWeights(folder["disk/model.safetensors"]);
            Action[] saves =
            [
                () => large.SaveWeights(folder["disk/model.safetensors"]),
                () => large.ExportPyTorch(folder["disk/model.safetensors"]),
            ];
            foreach (var save in saves)
            {
                Assert.Contains("the disk has no room for it; make room", Assert.Throws<IOException>(save).Message);
                Assert.Single(Directory.GetFiles(folder["disk"]));
                small.LoadWeights(folder["disk/model.safetensors"]);
            }
        }
        finally
        {
            Run("umount", folder["disk"]);
        }
    }

    private static void Age(string path) => File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-2));

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private void Write(string text, bool keepPrevious = false) =>
        AtomicFile.Replace(folder["file"], stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)), keepPrevious: keepPrevious);
}
